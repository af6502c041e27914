import { after } from 'node:test'
import { configure } from '#platform/configuration/environment.ts'
import { supervise, type Supervisor } from '#platform/jobs/supervise.ts'
import { logger } from '#platform/operations/log.ts'
import { freshDatabase, theServer, type TestDatabase } from '#tests/database.ts'
import { alarm } from '#tests/sample/mails.ts'
import { jobs } from '../jobs.ts'
import { sendMail } from '../send.ts'

export type Scene = TestDatabase & {
  /** A node as in a server that sends by this address. */
  node(smtpUrl: string, env?: Record<string, string>): Promise<Supervisor>
  /** Writes a mail to Ada, whose address is nobody's account, and gives its id. */
  write(subject: string): Promise<string>
  message(id: string): Promise<Row | undefined>
  deadLetter(id: string): Promise<{ name: string; code: string; attempts: number } | undefined>
}
type Row = {
  state: string
  code: string | null
  attempts: number
  address: string | null
  subject: string | null
  text: string | null
  html: string | null
  calendar: string | null
}

export async function scene(): Promise<Scene> {
  const ends: (() => Promise<void>)[] = []
  after(async () => void (await Promise.all(ends.map((end) => end())))) // before the database goes: hooks run as they were made
  const db = await freshDatabase()
  return {
    ...db,
    async node(smtpUrl, env = {}) {
      const supervisor = await supervise({
        entry: new URL('./thread.ts', import.meta.url),
        jobs,
        url: db.url('vivavoce_worker'),
        configuration: configure({ SMTP_URL: smtpUrl, PUBLIC_URL: 'https://vivavoce.example', LOG_LEVEL: 'silent', ...env }),
        log: logger('silent'),
        limits: { goodbyeSeconds: 0 },
      })
      let stopped: Promise<void> | undefined
      const stop = () => (stopped ??= supervisor.stop())
      ends.push(stop)
      return { ...supervisor, stop }
    },
    write: (subject) =>
      db.database.write(theServer, (tx) =>
        sendMail(tx, { to: { address: 'ada@example.test' }, kind: alarm, content: { subject, paragraphs: ['Was it you?'] } }),
      ),
    async message(id) {
      const rows = await db.sql<Row>(
        'select state, code, attempts, address, subject, text, html, calendar from mail.messages where id = $1',
        [id],
      )
      return rows[0]
    },
    async deadLetter(id) {
      const rows = await db.sql<{ name: string; code: string; attempts: number }>(
        'select name, code, attempts from jobs.dead_letters where id = $1',
        [id],
      )
      return rows[0]
    },
  }
}
