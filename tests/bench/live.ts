import { randomBytes, randomUUID } from 'node:crypto'
import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '#platform/configuration/environment.ts'
import { CannotStart } from '#platform/configuration/stop.ts'
import { openNodes, type Node, type Nodes } from '#tests/nodes.ts'
import { tokenFor } from '#tests/server.ts'
import { cpuOf, median, ownCpuOf, residentOf } from './figures.ts'
import type { Counted, ToListeners } from './listeners.ts'
import type { Row } from './server.ts'

// What live costs, from the deed to the listener: the real servers on one database, listeners in processes of their own.
const rounds = 5
const crowd = Number(process.env['CROWD'] ?? 10_000)

let nodes: Nodes
let people: string[] = []
let tokens: string[] = []

/** All of it, or the parts that are asked for by name: `npm run bench -- live nodes`. */
export async function measureLive(wanted: string[]): Promise<Row[]> {
  const chosen = Object.entries(parts).filter(([name]) => wanted.length === 0 || wanted.includes(name))
  if (chosen.length < wanted.length) throw new CannotStart(`npm run bench -- live: say ${Object.keys(parts).join(', ')} or nothing`)
  nodes = await openNodes({ fsync: 'off', synchronous_commit: 'off', shared_buffers: '256MB' })
  try {
    await scene(crowd)
    const rows: Row[] = []
    for (const [, measure] of chosen) rows.push(...(await measure()))
    return rows
  } finally {
    await nodes.stop()
  }
}

const parts: Record<string, () => Promise<Row[]>> = {
  async deliveries() {
    const { rate, cpu } = await deliveries()
    return [
      ['deliveries to 1,000 sockets, rate', rate.toFixed(2), '≥ 0.6', 'a bare `ws` broadcast of the same frames'],
      ['the same, CPU of the server', `${cpu.toFixed(2)} ×`, '', 'the same'],
    ]
  },

  async writers() {
    const { many, one } = await commits()
    return [
      ['commits of writers into 500 topics, live on', many.toFixed(2), '≥ 0.45', 'the same writers without events'],
      ['the same into one hot topic', one.toFixed(2), '', 'the same'],
    ]
  },

  async pace() {
    const { p50, p99 } = await pace()
    return [['send to receive, 50 a second to 20 listeners each: p50, p99', `${p50.toFixed(0)} ms, ${p99.toFixed(0)} ms`, '', '']]
  },

  async crowd() {
    const { p50, p99, toAll, kb, storm } = await tenThousand()
    return [
      [
        `${crowd.toLocaleString('en-GB')} sockets, 100 events a second to 20 listeners each: p50, p99`,
        `${p50.toFixed(0)} ms, ${p99.toFixed(0)} ms`,
        'p99 < 1 s',
        '',
      ],
      ['one event to all of them, the last one after', `${toAll.toFixed(0)} ms`, '< 1 s', ''],
      ['memory of the server for a socket', `${kb.toFixed(1)} kB`, '', ''],
      ['all of them cut off, and back at moments within 5 s: the last one is ready after', `${storm.toFixed(1)} s`, '', ''],
    ]
  },

  async nodes() {
    return [['CPU for a delivery at 4 nodes', `${(await overNodes()).toFixed(2)} ×`, '≤ 1.3 ×', 'at one node']]
  },
}

async function scene(count: number): Promise<void> {
  const { rows } = await nodes.sql.query<{ id: string }>(
    `insert into auth.users (id, email) select gen_random_uuid(), n || '@example.test' from generate_series(1, $1::int) n returning id`,
    [count],
  )
  people = rows.map(({ id }) => id)
  tokens = []
  for (const id of people) tokens.push(await tokenFor(nodes.keys, id, { session_id: randomUUID() }))
  // What a talk is without its event: the limit for writers.
  await nodes.sql.query(`
    create function private.bench_say(talk uuid, client_id uuid, words text) returns boolean
    language plpgsql volatile security definer set search_path = '' as $$
    begin
      if not exists (select from live.members m where m.topic_id = bench_say.talk and m.person_id = auth.uid()) then
        perform private.refuse('not_in_this_talk');
      end if;
      insert into sample.lines (talk_id, client_id, sender_id, words) values (bench_say.talk, bench_say.client_id, auth.uid(), bench_say.words)
      on conflict do nothing;
      return found;
    end $$;
    grant execute on function private.bench_say(uuid, uuid, text) to authenticated`)
}

/** Talks of so many people each; the people in turns. */
async function talks(count: number, size: number): Promise<{ talk: string; members: number[] }[]> {
  const made = Array.from({ length: count }, (_, at) => ({
    talk: randomUUID(),
    members: Array.from({ length: size }, (_, nth) => (at * size + nth) % people.length),
  }))
  await nodes.sql.query('insert into sample.talks select unnest($1::uuid[])', [made.map(({ talk }) => talk)])
  await nodes.sql.query(`insert into live.topics (id, kind) select unnest($1::uuid[]), 'sample.talk'`, [made.map(({ talk }) => talk)])
  await nodes.sql.query('insert into live.members select * from unnest($1::uuid[], $2::uuid[])', [
    made.flatMap(({ talk, members }) => members.map(() => talk)),
    made.flatMap(({ members }) => members.map((nth) => people[nth])),
  ])
  await nodes.sql.query('analyze live.topics, live.members, live.events')
  return made
}

/** Frames a second to a thousand sockets, and processor time, in turns with a server that does nothing else. */
async function deliveries() {
  const sockets = Math.min(1_000, people.length)
  const times = 100
  const node = await nodes.start()
  const [everybody] = await talks(1, sockets)
  const ours = listeners()
  await ours.tell({
    do: 'open',
    address: lineOf(node),
    who: tokens.slice(0, sockets).map((token) => ({ token, topics: [everybody!.talk] })),
    atOnce: 50,
  })
  const bare = fork(path.join(root, 'tests/bench/broadcast.ts'))
  const [{ port }] = (await once(bare, 'message')) as [{ port: number }]
  const theirs = listeners()
  await theirs.tell({
    do: 'open',
    address: `ws://127.0.0.1:${port}`,
    who: Array.from({ length: sockets }, () => ({ token: '', topics: [] })),
    atOnce: 50,
  })
  const all = { do: 'count', until: sockets * times, patience: 60_000 } as const
  const pairs: { rate: number; cpu: number }[] = []
  for (let round = 0; round <= rounds; round++) {
    await ours.tell({ do: 'reset' })
    const before = ownCpuOf(node.pid)
    await nodes.sql.query(`select private.emit($1, 'sample.said', $2) from generate_series(1, $3)`, [
      everybody!.talk,
      { line: randomUUID(), by: people[0] },
      times,
    ])
    const mine = await ours.tell<Counted>(all)
    const cpu = ownCpuOf(node.pid) - before
    await theirs.tell({ do: 'reset' })
    bare.send({ times })
    const [spent] = (await once(bare, 'message')) as [{ cpu: number }]
    const limit = await theirs.tell<Counted>(all)
    must(mine.received, sockets * times)
    must(limit.received, sockets * times)
    if (round > 0) pairs.push({ rate: limit.seconds / mine.seconds, cpu: cpu / spent.cpu })
  }
  bare.kill()
  await Promise.all([ours.end(), theirs.end(), nodes.end(node)])
  return { rate: median(pairs.map(({ rate }) => rate)), cpu: median(pairs.map(({ cpu }) => cpu)) }
}

/** How many commits are left when each says what it did, with somebody listening to every topic. */
async function commits() {
  const node = await nodes.start()
  const many = await talks(500, 2)
  const ear = listeners()
  await ear.tell({
    do: 'open',
    address: lineOf(node),
    who: many.map(({ talk, members }) => ({ token: tokens[members[1]!]!, topics: [talk] })),
    atOnce: 50,
  })
  const pairsOf = (some: typeof many) => some.map(({ talk, members }) => `${talk} ${people[members[0]!]}`).join('\n')
  const ratio = async (some: typeof many) => {
    const ratios: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const on = await writers('private.sample_say', 'live', pairsOf(some))
      const off = await writers('private.bench_say', 'off', pairsOf(some))
      if (round > 0) ratios.push(on / off)
    }
    return median(ratios)
  }
  const figures = { many: await ratio(many), one: await ratio(many.slice(0, 1)) }
  await Promise.all([ear.end(), nodes.end(node)])
  return figures
}

async function writers(name: string, mode: 'live' | 'off', input: string): Promise<number> {
  const child = spawn(process.execPath, [path.join(root, 'tests/bench/writers.ts'), nodes.url('vivavoce_app'), '16', '2', name, mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(input)
  const { commits, seconds } = JSON.parse((await Array.fromAsync(child.stdout)).join('')) as { commits: number; seconds: number }
  return commits / seconds
}

async function pace(): Promise<Counted> {
  const node = await nodes.start()
  const some = await talks(100, 20)
  const ear = listeners()
  await ear.tell({ do: 'open', address: lineOf(node), who: whoListens(some), atOnce: 50 })
  const { counted } = await sayAt({ a: 50, seconds: 10 }, [node], some, [ear])
  await Promise.all([ear.end(), nodes.end(node)])
  return counted
}

async function tenThousand() {
  const node = await nodes.start()
  const before = residentOf(node.pid)
  const some = await talks(crowd / 20, 20)
  const [everybody] = await talks(1, crowd)
  const ears = [listeners(), listeners()]
  const who = whoListens(some).map(({ token, topics }) => ({ token, topics: [...topics, everybody!.talk] }))
  const opened = await Promise.all(
    ears.map((ear, at) => ear.tell({ do: 'open', address: lineOf(node), who: who.filter((_, nth) => nth % 2 === at), atOnce: 32 })),
  )
  console.log(`${crowd} sockets opened`, opened)
  await pause(2_000)
  const kb = ((residentOf(node.pid) - before) * 1_024) / crowd
  const { counted } = await sayAt({ a: 100, seconds: 30 }, [node], some, ears)
  const toAll: number[] = []
  for (let time = 0; time < 3; time++) {
    await Promise.all(ears.map((ear) => ear.tell({ do: 'reset' })))
    await say(node, everybody!.talk, 0)
    const heard = await Promise.all(ears.map((ear) => ear.tell<Counted>({ do: 'count', until: crowd / 2, patience: 20_000 })))
    must(heard[0]!.received + heard[1]!.received, crowd)
    toAll.push(Math.max(...heard.map(({ most }) => most)))
    await pause(10_000)
  }
  const back = await Promise.all(ears.map((ear) => ear.tell<{ seconds: number }>({ do: 'storm', within: 5_000 })))
  await Promise.all([...ears.map((ear) => ear.end()), nodes.end(node)])
  return { p50: counted.p50, p99: counted.p99, kb, toAll: median(toAll), storm: Math.max(...back.map(({ seconds }) => seconds)) }
}

/** Processor time of servers and database for a delivery: the same listeners and events over four nodes and over one. */
async function overNodes(): Promise<number> {
  const some = await talks(100, 20)
  const cost = async (count: number) => {
    const running = await Promise.all(Array.from({ length: count }, () => nodes.start()))
    const ears = [listeners(), listeners()]
    const who = whoListens(some)
    for (const [at, node] of running.entries())
      await Promise.all(
        ears.map((ear, nth) =>
          ear.tell({
            do: 'open',
            address: lineOf(node),
            who: who.filter((_, one) => one % count === at && (one >> 3) % 2 === nth),
            atOnce: 16,
          }),
        ),
      )
    await pause(1_000)
    await sayAt({ a: 200, seconds: 4 * count }, running, some, ears) // what a server compiles in its first hundreds of requests is no delivery's
    const { counted, cpu } = await sayAt({ a: 100, seconds: 15 }, running, some, ears)
    await Promise.all([...ears.map((ear) => ear.end()), ...running.map((node) => nodes.end(node))])
    return cpu / counted.received
  }
  const ratios: number[] = []
  for (let round = 0; round < 3; round++) {
    const [four, one] = [await cost(4), await cost(1)]
    console.log(`a delivery: ${(four * 1_000).toFixed(0)} µs at 4 nodes, ${(one * 1_000).toFixed(0)} µs at one`)
    ratios.push(four / one)
  }
  return median(ratios)
}

const whoListens = (some: { talk: string; members: number[] }[]) =>
  some.flatMap(({ talk, members }) => members.map((nth) => ({ token: tokens[nth]!, topics: [talk] })))

/** So many a second by HTTP, whether or not those before are answered; and what became of them, with the processor time beyond standing still. */
async function sayAt(rate: { a: number; seconds: number }, at: Node[], some: { talk: string; members: number[] }[], ears: Listeners[]) {
  const listening = some[0]!.members.length
  const total = () => at.reduce((sum, { pid }) => sum + ownCpuOf(pid), 0) + cpuOf(nodes.postgres())
  await Promise.all(ears.map((ear) => ear.tell({ do: 'reset' })))
  const standing = total()
  await pause(5_000)
  const before = total()
  const idle = (before - standing) / 5_000
  const began = performance.now()
  const saying: Promise<void>[] = []
  const count = rate.a * rate.seconds
  for (let nth = 0; nth < count; nth++) {
    const { talk, members } = some[nth % some.length]!
    saying.push(say(at[nth % at.length]!, talk, members[nth % members.length]!))
    await pause(Math.max(0, began + ((nth + 1) * 1_000) / rate.a - performance.now()))
  }
  await Promise.all(saying)
  await pause(1_500)
  const cpu = total() - before - idle * (performance.now() - began)
  const heard = await Promise.all(ears.map((ear) => ear.tell<Counted>({ do: 'count', until: 0, patience: 0 })))
  const received = heard.reduce((sum, one) => sum + one.received, 0)
  must(received, count * listening)
  const worst = heard.toSorted((a, b) => b.p99 - a.p99)[0]!
  return { counted: { ...worst, received }, cpu }
}

async function say({ address }: Node, talk: string, nth: number): Promise<void> {
  const answer = await fetch(`${address}/api/sample/talks/${talk}/lines`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens[nth]!}`, 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: withTheTime(), words: 'Good morning' }),
  })
  if (!answer.ok) throw new Error(`not said: ${await answer.text()}`)
}

/** A UUID of version 7, whose first 48 bits are the time: the listener knows when it was sent. */
function withTheTime(): string {
  const time = Math.round(performance.timeOrigin + performance.now())
    .toString(16)
    .padStart(12, '0')
  const rest = randomBytes(10).toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(1, 4)}-8${rest.slice(5, 8)}-${rest.slice(8)}`
}

type Listeners = { process: ChildProcess; tell<T = object>(message: ToListeners): Promise<T>; end(): Promise<void> }

function listeners(): Listeners {
  const child = fork(path.join(root, 'tests/bench/listeners.ts'))
  return {
    process: child,
    async tell<T>(message: ToListeners) {
      child.send(message)
      const [answer] = (await once(child, 'message')) as [T]
      return answer
    },
    async end() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

const lineOf = ({ address }: Node) => `${address.replace('http', 'ws')}/live`

function must(received: number, sent: number): void {
  if (received !== sent) throw new Error(`${received} of ${sent} were received, so the figures would lie`)
}
