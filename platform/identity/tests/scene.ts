import { randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import type { TestServer } from '#tests/server.ts'
import { allowances, type Allowances } from '../attempts.ts'
import { gotrue } from '../gotrue.ts'

// Tests ask more often than people do; what limits there are is a test of its own.
const plenty = Object.fromEntries(Object.keys(allowances).map((what) => [what, { burst: 10_000, every: '1 second' }])) as Allowances
export const patient = { allowances: plenty, callsAMinute: 1_000_000 }
export const unlimited = (rules: Parameters<typeof gotrue>[0] = {}) => gotrue({ ...patient, ...rules })

export const password = 'seven-oysters-in-a-kettle'
export const newAddress = (name = 'ada') => `${name}.${randomUUID()}@example.test`
export const adult = { data: { adult: true } }

export type Device = Pick<SupabaseClient, 'auth'>

/** supabase-js as any program would use it; each one is a device of its own. */
export const device = ({ address, keys }: TestServer, flowType: 'implicit' | 'pkce' = 'implicit'): Device =>
  createClient(address, keys.anon, { auth: { flowType, autoRefreshToken: false, persistSession: flowType === 'pkce', storage: memory() } })
export const operator = ({ address, keys }: TestServer): Device =>
  createClient(address, keys.service, { auth: { autoRefreshToken: false, persistSession: false } })

function memory() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

export type Mail = { subject: string; text: string; token: string; code: string; type: string; next: string | null }

/** What came to an address last. */
export async function mailTo({ db }: TestServer, address: string): Promise<Mail> {
  const [mail] = await db.sql<{ subject: string; text: string }>(
    'select subject, text from mail.messages where address = $1 order by created_at desc limit 1',
    [address],
  )
  if (!mail) throw new Error(`no mail to ${address}`)
  const query = new URL(/https?:\/\/\S+/.exec(mail.text)?.[0] ?? 'http://none').searchParams
  const code = /^\s*(\d{6})\s*$/m.exec(mail.text)?.[1] ?? ''
  return { ...mail, token: query.get('token_hash') ?? '', type: query.get('type') ?? '', next: query.get('next'), code }
}

/** Somebody with a confirmed address, signed in on a first device. */
export async function somebody(server: TestServer, name?: string) {
  const email = newAddress(name)
  const made = await operator(server).auth.admin.createUser({ email, password, email_confirm: true })
  if (made.error) throw made.error
  const first = device(server)
  const { data, error } = await first.auth.signInWithPassword({ email, password })
  if (error) throw error
  return { email, id: made.data.user.id, device: first, session: data.session }
}
