import http from 'node:http'
import { parts } from '#app/domains.ts'
import { everybody } from '../cast.ts'
import { loadDemo } from '../load.ts'
import type { TestDatabase } from '#tests/database.ts'
import type { TestServer } from '#tests/server.ts'

export const noon = new Date('2027-03-01T12:00:00Z')

export const load = (db: TestDatabase, now?: Date) => loadDemo(db.url(), parts, now)

export const ids = everybody.map(({ id }) => id)

export type Answer = {
  status: number
  cookie: string | undefined
  body: { code?: string; people?: { id: string; name: string; says: string }[] }
}

// fetch would let us say neither another Host nor Sec-Fetch-Site.
export function ask({ address }: TestServer, path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  return new Promise((done, failed) => {
    const sent = body === undefined ? {} : { 'content-type': 'application/json' }
    const request = http.request(`${address}/api${path}`, { method, headers: { ...sent, ...headers }, agent: false }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (more: string) => (text += more))
      const cookie = answer.headers['set-cookie']?.[0]
      answer.on('end', () => done({ status: answer.statusCode ?? 0, cookie, body: JSON.parse(text) as Answer['body'] }))
    })
    request.on('error', failed)
    request.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
type Asked = { method?: string; headers?: Record<string, string>; body?: unknown }

/** As our own page does it. */
export const ownPage = { 'sec-fetch-site': 'same-origin' }
export const enter = (server: TestServer, id: unknown, headers: Record<string, string> = {}) =>
  ask(server, '/demo/entering', { method: 'POST', headers: { ...ownPage, ...headers }, body: { id } })

/** Who a browser with this cookie is. */
export const whoIs = async (server: TestServer, cookie: string | undefined) => {
  const { body } = await ask(server, '/identity/account', { headers: { ...ownPage, cookie: cookie?.split(';')[0] ?? '' } })
  return (body as { id?: string; code?: string }).id ?? body.code
}
