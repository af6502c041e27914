import { Refusal } from '#platform/operations/call.ts'

// Our own pages speak GoTrue's protocol, with one difference: sessions are kept in a cookie that no script can read
// (../gotrue/browser.ts).

/** Throws a Refusal that bears GoTrue's code. */
export async function auth<T = unknown>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<T> {
  const answer = await fetch(`/auth/v1${path}`, {
    method,
    headers: {
      accept: 'application/json',
      'x-session': 'cookie',
      'x-supabase-api-version': '2024-01-01',
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  const said = (text === '' ? {} : JSON.parse(text)) as Record<string, string>
  if (answer.ok) return said as T
  const code = said['code'] ?? 'our_fault'
  throw new Refusal({ type: 'about:blank', status: answer.status, code, title: said['message'] ?? said['title'] ?? code })
}
