import type { PoolClient } from 'pg'
import { planIsStale, send, type Result, type Statement } from './batch.ts'
import { Conversation, type Reader, type Tx, type Wish } from './conversation.ts'
import type { Role } from './roles.ts'

// Somebody at the database: the role, and the claims that policies read. The role's name comes from the server, never
// from a claim. Of a browser only the hash of its cookie is known here: the claims are looked up where they are set, in
// the same trip, so that a session which has ended ends with the very next request.
export type Acting<R extends Role = Role> = { role: R } & ({ claims: string } | { cookie: Buffer })

export type Connections = { lend(role: Role): Promise<PoolClient>; prepare: boolean }

export type Database = {
  read<R extends Role, T>(acting: Acting<R>, run: (db: Reader<R>) => Promise<T>): Promise<T>
  write<R extends Role, T>(acting: Acting<R>, run: (db: Tx<R>) => Promise<T>, wishes?: Wishes<T>): Promise<T>
}

// What rides with the first and the last trip of a write: used by the idempotency key.
export type Wishes<T> = { first?: Wish[]; last?: (result: T) => Wish[] }

// A runaway query must not hold a connection for longer than a person waits, nor a lock queue behind it.
const patience = { statement: '10s', lock: '5s', idle: '15s' }

export function database(connections: Connections): Database {
  return {
    // Each call of a reader is a trip of its own, in a read-only transaction of its own.
    async read(acting, run) {
      const { role } = acting
      const settings = settingsOf(acting, 'read')
      const ask = async (statements: readonly Statement[]): Promise<Result[]> => {
        const client = await connections.lend(role)
        try {
          const trip = () => send(client, role, [settings, ...statements], connections.prepare)
          const [, ...results] = await onceMoreIfStale(trip)
          return results
        } finally {
          giveBack(client)
        }
      }
      return await run(new Conversation(ask) as unknown as Reader<typeof role>)
    },

    // BEGIN and the settings ride with the first statement, what was put off rides with COMMIT: a simple write takes two trips.
    async write(acting, run, { first = [], last } = {}) {
      const { role } = acting
      const opening = [begin, settingsOf(acting, 'write'), ...first]
      const attempt = async () => {
        const client = await connections.lend(role)
        let opened = false
        const ask = async (statements: readonly Statement[]): Promise<Result[]> => {
          if (opened) return send(client, role, statements, connections.prepare)
          opened = true
          return (await send(client, role, [...opening, ...statements], connections.prepare)).slice(opening.length)
        }
        try {
          const conversation = new Conversation(ask)
          const result = await run(conversation as unknown as Tx<typeof role>)
          const closing = [...conversation.putOff, ...(last?.(result) ?? [])]
          if (opened || closing.length > 0 || first.length > 0) await ask([...closing, commit])
          return result
        } catch (error) {
          await rollBack(client, opened)
          throw error
        } finally {
          giveBack(client)
        }
      }
      return onceMoreIfStale(attempt)
    },
  }
}

const begin: Statement = { text: 'begin' }
const commit: Statement = { text: 'commit' }

// set_config(…, true) and never SET: it ends with the transaction, so nothing of one request reaches the next one.
function settingsOf(acting: Acting, purpose: keyof typeof settings.claims): Statement {
  if ('cookie' in acting) return { text: settings.cookie[purpose], values: [acting.role, acting.cookie] }
  return { text: settings.claims[purpose], values: [acting.role, acting.claims] }
}
const settings = { claims: settingsWith('$2'), cookie: settingsWith('private.claims_of_cookie($2)') }

function settingsWith(claims: string) {
  const common = `set_config('role', $1, true), set_config('request.jwt.claims', ${claims}, true), set_config('TimeZone', 'UTC', true),
  set_config('DateStyle', 'ISO', true), set_config('statement_timeout', '${patience.statement}', true)`
  return {
    read: `select ${common}, set_config('transaction_read_only', 'on', true)`,
    write: `select ${common}, set_config('lock_timeout', '${patience.lock}', true),
  set_config('idle_in_transaction_session_timeout', '${patience.idle}', true)`,
  }
}

async function onceMoreIfStale<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (!planIsStale(error)) throw error
    return attempt()
  }
}

// The reason of the failure is what the caller must hear; a connection that cannot even roll back is thrown away.
async function rollBack(client: PoolClient, opened: boolean): Promise<void> {
  if (!opened) return
  try {
    await client.query('rollback')
  } catch {
    broken.add(client)
  }
}

const broken = new WeakSet<PoolClient>()
const giveBack = (client: PoolClient) => client.release(broken.has(client))
