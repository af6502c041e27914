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
  const said = (text === '' ? {} : JSON.parse(text)) as Said
  if (answer.ok) return said as T
  throw refusalOf(answer, said)
}

/** Here, everywhere else, or everywhere. Everywhere else needs a proof of the last 15 minutes. */
export const signOut = (scope: 'local' | 'others' | 'global' = 'local') => auth('POST', `/logout?scope=${scope}`)

type Said = { code?: string; message?: string; title?: string; weak_password?: { reasons: string[] } }

function refusalOf({ status, headers }: Response, { code = 'our_fault', message, title, weak_password }: Said): Refusal {
  const wait = Number(headers.get('retry-after'))
  const fault = weak[weak_password?.reasons[0] ?? ''] ?? faults[code]
  return new Refusal({
    type: 'about:blank',
    status,
    code,
    title: message ?? title ?? code,
    ...(status === 429 ? { detail: tooOften(code, wait) } : {}),
    ...(fault ? { errors: [fault] } : {}),
  })
}

const tooOften = (code: string, wait: number): string =>
  code === 'over_email_send_rate_limit'
    ? `Several mails were asked for already. Look for them, also in the spam folder; another one can be sent ${inTime(wait)}.`
    : `That was tried very often in a short time. You can try again ${inTime(wait)}.`

function inTime(seconds: number): string {
  if (!(seconds > 0)) return 'in a minute'
  if (seconds < 90) return `in ${Math.ceil(seconds)} second${Math.ceil(seconds) === 1 ? '' : 's'}`
  return `in ${Math.ceil(seconds / 60)} minutes`
}

const faults: Record<string, { field: string; says: string }> = {
  same_password: { field: 'password', says: 'This is the password you have now.' },
}
const weak: Record<string, { field: string; says: string }> = {
  length: { field: 'password', says: 'It is shorter than 8 characters.' },
  pwned: { field: 'password', says: 'It is among the passwords that are tried first, because very many people have used it.' },
  characters: { field: 'password', says: 'It is made of your name, your address or the name of this place, which anybody would try.' },
}
