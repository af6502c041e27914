import type { Client } from 'pg'
import { CannotStart } from '#platform/configuration/stop.ts'

/** Connects, or says in one line why the database that was given cannot be used. Its address holds a password and is not repeated. */
export async function reach(client: Client): Promise<void> {
  try {
    await client.connect()
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string }
    throw new CannotStart(`the database at DATABASE_URL cannot be reached: ${reasons[code] ?? (code || message)}`, { cause: error })
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
