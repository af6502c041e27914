import net from 'node:net'
import pg from 'pg'
import { someone } from '#tests/database.ts'
import { tokenFor, type TestServer } from '#tests/server.ts'

export type Answer = { status: number; headers: Headers; text: string; body: Record<string, unknown> }
export type Ask = (request: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>

/** How a stranger asks; with a token in `always`, somebody known: `ana('POST /api/sample/notes', { title: 'Cough' })`. */
export function asking({ address }: TestServer, always: Record<string, string> = {}): Ask {
  return async (request, body, headers = {}) => {
    const [method = '', path = ''] = request.split(' ')
    const answer = await fetch(`${address}${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...always, ...headers },
      redirect: 'manual',
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, body: bodyIn(text, answer.headers) }
  }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** Somebody with an account and a token. */
export async function person(server: TestServer, name: string): Promise<Ask & { id: string; token: string }> {
  const { id } = await someone(server.db, name)
  const token = await tokenFor(server.keys, id)
  return Object.assign(asking(server, bearer(token)), { id, token })
}

export const theOperator = (server: TestServer): Ask => asking(server, bearer(server.keys.service))

/** What the server says to these very bytes until it closes the connection; to somebody who has left, perhaps nothing (0). */
export async function raw({ address }: TestServer, bytes: string | Uint8Array, { leaving = false } = {}): Promise<Answer> {
  const socket = net.connect(Number(new URL(address).port), '127.0.0.1')
  let said = ''
  socket.setEncoding('latin1').on('data', (more: string) => (said += more))
  socket.on('error', () => {}) // whoever sends more than is wanted may find the door shut
  const closed = new Promise((done) => socket.on('close', done))
  socket.write(bytes)
  if (leaving) socket.end()
  await closed
  return answerIn(said)
}

function answerIn(said: string): Answer {
  const [head = '', text = ''] = said.split(/\r\n\r\n([^]*)/)
  const [status = '', ...lines] = head.split('\r\n')
  const headers = new Headers(
    lines.map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  )
  const whole = text.slice(0, Number(headers.get('content-length') ?? text.length)) // a second answer may follow
  return { status: Number(status.split(' ')[1] ?? 0), headers, text: whole, body: bodyIn(whole, headers) }
}

const bodyIn = (text: string, headers: Headers) =>
  text !== '' && /json/.test(headers.get('content-type') ?? '') ? (JSON.parse(text) as Answer['body']) : {}

/** Waits for what must come to pass, and says what did not. */
export async function until(happened: () => boolean | Promise<boolean>, what: string, patience = 60_000): Promise<void> {
  const late = performance.now() + patience
  while (!(await happened())) {
    if (performance.now() > late) throw new Error(`waited in vain for ${what}`)
    await new Promise((next) => setTimeout(next, 10))
  }
}

/** Lets whoever touches the notes wait until they are released; `waiting` gives the backends of those who do. */
export async function holdNotes({
  db,
}: TestServer): Promise<{ waiting: (many?: number) => Promise<number[]>; release: () => Promise<void> }> {
  const holder = new pg.Client({ connectionString: db.url() })
  await holder.connect()
  await holder.query('begin; lock table sample.notes in access exclusive mode')
  return {
    async waiting(many = 1) {
      let pids: number[] = []
      const enough = async () => {
        const rows = await db.sql<{ pid: number }>(
          `select pid from pg_stat_activity where datname = current_database() and usename = 'vivavoce_app' and wait_event_type = 'Lock'`,
        )
        pids = rows.map(({ pid }) => pid)
        return pids.length >= many
      }
      await until(enough, `${many} to wait for the notes`)
      return pids
    },
    async release() {
      await holder.query('commit')
      await holder.end()
    },
  }
}
