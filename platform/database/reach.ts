import type { Client } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'
import type { Pools } from './connections.ts'

/** Connects, or says in one line why the database that was given cannot be used. Its address holds a password and is not repeated. */
export const reach = (client: Client): Promise<void> => orSay('DATABASE_URL', client.connect())

/** The same for our two logins, before anybody relies on them. */
export async function reachLogins({ app, worker }: Pick<Pools, 'app' | 'worker'>): Promise<void> {
  await orSay('APP_DATABASE_URL (vivavoce_app)', app.query('select 1'))
  await orSay('WORKER_DATABASE_URL (vivavoce_worker)', worker.query('select 1'))
}

async function orSay(name: string, reached: Promise<unknown>): Promise<void> {
  try {
    await reached
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string }
    throw new CannotStart(`the database at ${name} cannot be reached: ${reasons[code] ?? (code || message)}`, { cause: error })
  }
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nobody answers at its host and port; start it, or correct them',
  ENOTFOUND: 'its host is not known here; correct it',
  EAI_AGAIN: 'its host could not be looked up just now; check the network and try again',
  ETIMEDOUT: 'it does not answer; check its host, port and firewall',
  EHOSTUNREACH: 'there is no way to its host from here; check the network',
  ENOENT: 'there is no such socket; start it, or correct the path',
  '28P01': 'the login or its password is not accepted; correct them',
  '28000': 'this login may not connect from here; see its pg_hba.conf',
  '3D000': 'it holds no database of that name; create it, or correct the name',
  '53300': 'it has no connection left; raise its max_connections or close others',
  '57P03': 'it is starting up or shutting down; try again in a moment',
}
