import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer, request } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { after } from 'node:test'
import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { somebody, type Somebody } from '#platform/identity/tests/cast.ts'
import { pageOf } from '#platform/rooms/web/tests/scene.ts'
import type { TestDatabase } from '#tests/database.ts'
import type { Pages } from '#tests/pages.ts'

// Medics in front of browsers of their own, each byte that comes to whom is kept, and each protected text bears a word of its own.

export const texts = ['candidate_brief', 'actor_brief', 'condition', 'markscheme', 'item', 'synonym'] as const
export type Text = (typeof texts)[number]
export type Marked = { id: string; name: string; marks: Record<Text, string> }

export async function markedCase(sql: TestDatabase['sql'], name: string): Promise<Marked> {
  const marks = Object.fromEntries(texts.map((text) => [text, `m${randomUUID().replaceAll('-', '')}`])) as Record<Text, string>
  const [row] = await sql<{ id: string }>(
    `insert into practice.cases (candidate_brief, actor_brief, markscheme, condition, synonyms, category, case_name, domain, published_at)
     values ($1, $2, $3, $4, array[$5], 'General practice', $6, 'communication', now()) returning id`,
    [marks.candidate_brief, marks.actor_brief, marks.markscheme, marks.condition, marks.synonym, name],
  )
  await sql(
    `insert into practice.checklist_items (case_id, position, domain, words) select $1, n, 'communication', $2 || ' ' || n from generate_series(1, 2) n`,
    [row!.id, marks.item],
  )
  return { id: row!.id, name, marks }
}

export type Role = 'candidate' | 'actor' | 'observer'
type Phase = 'reading' | 'running' | 'marking' | 'feedback'
const phases = ['reading', 'running', 'marking', 'feedback'] as const

// By hand, from the README. What else gives a condition away reaches nobody.
const opens: Record<Role, Partial<Record<Text, Phase>>> = {
  candidate: { candidate_brief: 'reading', actor_brief: 'feedback', condition: 'feedback', markscheme: 'feedback', item: 'feedback' },
  actor: { candidate_brief: 'reading', actor_brief: 'reading', condition: 'reading', markscheme: 'running', item: 'running' },
  observer: { candidate_brief: 'reading', actor_brief: 'feedback', condition: 'feedback', markscheme: 'feedback' },
}

export type Medic = Somebody & {
  page: Page
  /** Clicks and fields. */
  steps: () => number
  press: (name: string | RegExp, role?: 'button' | 'link' | 'tab') => Promise<void>
  choose: (group: string, name: string) => Promise<void>
  fill: (label: string, text: string) => Promise<void>
  on: (one: Locator) => Promise<void>
  says: (text: string) => Promise<void>
  /** Everything that came over any of their connections so far. */
  got: () => string
  /** In what they played so far, and how far it came: nothing else has reached them, and what has to, has. */
  plays: (one: Marked, role: Role, phase: Phase) => void
  holdsNoMore: (cases: readonly Marked[]) => void
}

export async function medic(
  pages: Pick<Pages, 'server'>,
  name: string,
  zone: string,
  { path = '/healthz', before, ...options }: BrowserContextOptions & { path?: string; before?: { content: string } } = {},
): Promise<Medic> {
  const who = await somebody(pages.server, name)
  await pages.server.db.sql('update identity.accounts set zone = $2 where user_id = $1', [who.id, zone])
  const line = await recorded()
  const page = await pageOf(pages, who, path, { timezoneId: zone, proxy: { server: line.proxy }, ...options }, before)
  let count = 0
  const on = (one: Locator) => (count++, one.click())
  const played = new Map<string, { one: Marked; role: Role; phase: Phase }>()
  return {
    ...who,
    page,
    steps: () => count,
    on,
    press: (named, role = 'button') => on(page.getByRole(role, { name: named, exact: typeof named === 'string' }).first()),
    choose: (group, named) => on(page.getByRole('group', { name: group, exact: true }).getByRole('radio', { name: named, exact: true })),
    fill: (label, text) => (count++, page.getByLabel(label, { exact: true }).fill(text)),
    says: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
    got: line.got,
    plays: (one, role, phase) => void played.set(one.id, { one, role, phase }),
    holdsNoMore(cases) {
      const all = line.got()
      assert.ok(all.includes('HTTP 200') && all.includes('"say":"hello"'), 'neither answers nor frames without being recorded')
      for (const one of cases)
        for (const text of texts) {
          const part = played.get(one.id)
          const from = part && opens[part.role][text]
          const allowed = part !== undefined && from !== undefined && phases.indexOf(part.phase) >= phases.indexOf(from)
          const came = all.includes(one.marks[text])
          assert.ok(!came || allowed, `${name} got the ${text} of ${one.name} as ${part?.role} in ${part?.phase}`)
          if (text === 'candidate_brief' && allowed) assert.ok(came, `${name} has not got the ${text} of ${one.name}`)
          if (text === 'markscheme' && allowed && part.phase === 'feedback')
            assert.ok(came, `${name} has not got the ${text} of ${one.name}`)
        }
    },
  }
}

/** A way to the server on which every byte is kept, both ways: pages, answers, and the WebSocket. Nothing is compressed on it. */
async function recorded(): Promise<{ proxy: string; got: () => string }> {
  const kept: Buffer[] = []
  const keep = (bytes: Buffer) => void kept.push(bytes)
  const open = new Set<Socket>()
  const mind = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket))
  }
  const proxy = createServer((asked, answer) => {
    const headers = { ...asked.headers, 'accept-encoding': 'identity' }
    const onward = request(asked.url!, { method: asked.method!, headers }, (answered) => {
      keep(Buffer.from(`HTTP ${answered.statusCode} ${asked.method} ${asked.url} ${JSON.stringify(answered.headers)}\n`))
      if (answered.headers['content-encoding']) throw new Error(`compressed: ${asked.url}`)
      answer.writeHead(answered.statusCode!, answered.headers)
      answered.on('data', keep).pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.on('data', keep).pipe(onward)
  })
  proxy.on('connection', mind)
  proxy.on('connect', ({ url }, client: Socket, head) => {
    const [host, port] = url!.split(':')
    const there = connect(Number(port), host === 'localhost' ? '127.0.0.1' : host!, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      there.write(head)
      there.on('data', keep).pipe(client).pipe(there) // the server's frames: plain, for it compresses none (platform/live/serve.ts)
    })
    mind(there)
    there.on('close', () => client.destroy())
    client.on('close', () => there.destroy())
  })
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  after(() => (open.forEach((socket) => socket.destroy()), proxy.close()))
  return { proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, got: () => Buffer.concat(kept).toString() }
}

export async function eventually(so: () => Promise<boolean>, what = 'it did not come to be so'): Promise<void> {
  for (const end = performance.now() + 120_000; !(await so()); await new Promise((soon) => setTimeout(soon, 100)))
    assert.ok(performance.now() < end, what)
}
