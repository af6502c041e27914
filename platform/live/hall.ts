import type { Database } from '#platform/database/acting.ts'
import { theServer } from '#platform/identity/the-server.ts'
import type { Bus, Heard } from './bus.ts'
import type { FromServer, Present, WhyCut } from './protocol.ts'

// Who listens to what on this node. Knows topics and listeners, and nothing of sockets.
export type Listener = {
  person: string
  give(topic: string, seq: number, frame: Buffer): void
  tell(message: FromServer): void
  cut(topic: string, why: WhyCut): void
}
type Topic = {
  /** Each with the version as of which they were last found to be a member. */
  listeners: Map<Listener, number>
  /** The least of these: an event of a later one has everybody looked up. */
  acl: number
  here: Map<Listener, string>
  /** Who is present on other nodes, by node. */
  elsewhere: Map<string, Elsewhere>
}
type Elsewhere = { people: [person: string, state: string][]; until: number }
type Words =
  | { words: 'word'; topic: string; kind: string; body: unknown; from: string; to?: string | undefined }
  | { words: 'here'; node: string; topic: string; people: [string, string][] }
  | { words: 'who'; topic: string }

export type Hall = {
  /** From now on events are given to this one, who only notes them before it is proved that they are a member; words and presence are not told before. */
  enter(topic: string, listener: Listener): void
  prove(topic: string, listener: Listener, acl: number): void
  leave(topic: string, listener: Listener): void
  listens(topic: string, listener: Listener): boolean
  word(from: Listener, word: { topic: string; kind: string; body?: unknown; to?: string | undefined }): void
  here(listener: Listener, topic: string, state: string | null): void
  events(heard: Heard[]): Promise<void>
  words(words: unknown): void
  /** What is to be said again and again. */
  tick(): void
  counts(): { topics: number; listening: number }
}

const unproved = -1
const presenceLasts = 45_000 // a node that was killed takes its people along after this

export function hall(database: Pick<Database, 'read'>, bus: Pick<Bus, 'node' | 'say'>): Hall {
  const topics = new Map<string, Topic>()

  async function events(heard: Heard[]): Promise<void> {
    const ours = heard.filter(({ topic }) => topics.has(topic))
    const changed = ours.filter(({ topic, acl }) => acl > topics.get(topic)!.acl).map(({ topic }) => topic)
    const members = changed.length > 0 ? await membersOf(database, [...new Set(changed)]) : undefined
    for (const event of ours) {
      const topic = topics.get(event.topic)
      if (!topic) continue // everybody left while members were looked up
      if (event.acl > topic.acl) letOnlyMembersStay(event.topic, topic, members!.get(event.topic))
      const frame = frameOf(event)
      for (const listener of topic.listeners.keys()) listener.give(event.topic, event.seq, frame)
    }
  }

  function letOnlyMembersStay(id: string, topic: Topic, now: Members | undefined): void {
    for (const [listener, acl] of topic.listeners) {
      if (acl === unproved) continue
      if (listener.person === id || now?.people.has(listener.person)) topic.listeners.set(listener, now?.acl ?? 0)
      else {
        leave(id, listener)
        listener.cut(id, 'not_yours')
      }
    }
    topic.acl = leastOf(topic)
  }

  function leave(id: string, listener: Listener): void {
    const topic = topics.get(id)
    if (!topic?.listeners.delete(listener)) return
    const wasHere = topic.here.delete(listener)
    if (topic.listeners.size === 0) topics.delete(id)
    if (wasHere) announce(id, topic)
  }

  function announce(id: string, topic: Topic): void {
    showPresent(id, topic)
    sayPresent(id, topic)
  }

  const sayPresent = (id: string, topic: Topic) =>
    bus.say({ words: 'here', node: bus.node, topic: id, people: peopleHere(topic) } satisfies Words)

  function showPresent(id: string, topic: Topic): void {
    const message = presentIn(id, topic)
    for (const [listener, acl] of topic.listeners) if (acl !== unproved) listener.tell(message)
  }

  function passOn({ topic: id, kind, body, from, to }: Words & { words: 'word' }): void {
    for (const [listener, acl] of topics.get(id)?.listeners ?? [])
      if (acl !== unproved && (listener.person === to || (to === undefined && listener.person !== from)))
        listener.tell({ say: 'word', topic: id, kind, body, from })
  }

  return {
    leave,
    events,
    listens: (id, listener) => topics.get(id)?.listeners.has(listener) ?? false,

    enter(id, listener) {
      const topic = topics.get(id) ?? { listeners: new Map(), acl: Infinity, here: new Map(), elsewhere: new Map() }
      topics.set(id, topic)
      if (!topic.listeners.has(listener)) topic.listeners.set(listener, unproved)
    },

    prove(id, listener, acl) {
      const topic = topics.get(id)
      if (!topic?.listeners.has(listener)) return
      topic.listeners.set(listener, acl)
      topic.acl = leastOf(topic)
    },

    word(from, { topic, kind, body, to }) {
      const words = { words: 'word', topic, kind, body, from: from.person, to } satisfies Words
      passOn(words)
      bus.say(words)
    },

    here(listener, id, state) {
      const topic = topics.get(id)
      if (!topic?.listeners.has(listener)) return
      const before = topic.here.get(listener)
      if (state === null) topic.here.delete(listener)
      else topic.here.set(listener, state)
      if (before === undefined) bus.say({ words: 'who', topic: id } satisfies Words)
      if ((before ?? null) === state) listener.tell(presentIn(id, topic))
      else announce(id, topic)
    },

    words(said) {
      const words = said as Words
      const topic = topics.get(words.topic)
      if (!topic) return
      if (words.words === 'word') return passOn(words)
      if (words.words === 'who') return topic.here.size > 0 ? sayPresent(words.topic, topic) : undefined
      if (words.people.length > 0) topic.elsewhere.set(words.node, { people: words.people, until: performance.now() + presenceLasts })
      else topic.elsewhere.delete(words.node)
      showPresent(words.topic, topic)
    },

    tick() {
      for (const [id, topic] of topics) {
        if (topic.here.size > 0) sayPresent(id, topic)
        for (const [node, { until }] of topic.elsewhere)
          if (until < performance.now()) {
            topic.elsewhere.delete(node)
            showPresent(id, topic)
          }
      }
    },

    counts: () => ({ topics: topics.size, listening: [...topics.values()].reduce((sum, { listeners }) => sum + listeners.size, 0) }),
  }
}

function presentIn(id: string, topic: Topic): Present {
  const people = new Map([...[...topic.elsewhere.values()].flatMap(({ people }) => people), ...peopleHere(topic)])
  return { say: 'present', topic: id, people: [...people].map(([person, state]) => ({ person, state })) }
}

const leastOf = ({ listeners }: Topic) =>
  [...listeners.values()].reduce((least, acl) => (acl === unproved ? least : Math.min(least, acl)), Infinity)

// A person with several tabs is there once; the state of the last one to say so counts.
const peopleHere = ({ here }: Topic): [string, string][] => [...new Map([...here].map(([{ person }, state]) => [person, state]))]

// Made once for everybody, around the body as the database wrote it. The kind is letters by a CHECK.
function frameOf({ topic, seq, kind, body, at }: Heard): Buffer {
  return Buffer.from(`{"say":"event","topic":"${topic}","seq":${seq},"kind":"${kind}","body":${body},"at":"${at}"}`)
}
type Members = { acl: number; people: Set<string> }

async function membersOf(database: Pick<Database, 'read'>, ids: string[]): Promise<Map<string, Members>> {
  const rows = await database.read(theServer, (db) =>
    db
      .selectFrom('live.topics as t')
      .leftJoin('live.members as m', 'm.topic_id', 't.id')
      .select(['t.id', 't.acl_version', 'm.person_id'])
      .where('t.id', 'in', ids)
      .execute(),
  )
  const found = new Map<string, Members>()
  for (const { id, acl_version: acl, person_id } of rows) {
    const members = found.get(id) ?? { acl, people: new Set() }
    if (person_id) members.people.add(person_id)
    found.set(id, members)
  }
  return found
}
