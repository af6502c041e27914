import type { Database } from '#platform/database/acting.ts'
import { derived } from './sealed.ts'
import { theServer } from './the-server.ts'

// What can be tried too often (identity.attempts). A row per address rather than a count per process: a lockout must hold
// on every node. It is counted in a transaction of its own, so that a refusal later does not give the turn back.
export type Allowance = { burst: number; every: string }
export type Allowances = Record<'sign-in' | 'sign-in-place' | 'code' | 'mail' | 'mail-place' | 'factor', Allowance>

// A person who has forgotten tries three times; a machine tries three thousand times. Whether an address is known here
// makes no difference to any of them.
export const allowances: Allowances = {
  'sign-in': { burst: 10, every: '1 minute' }, // wrong passwords for an address
  'sign-in-place': { burst: 100, every: '2 seconds' }, // passwords tried at one place, for whomever: lists of stolen ones are long
  code: { burst: 5, every: '5 minutes' }, // six digits for an address: some 300 guesses a day at one in a million
  mail: { burst: 5, every: '12 minutes' }, // mails to an address: nobody's inbox is a weapon
  'mail-place': { burst: 100, every: '20 seconds' }, // mails asked for at one place, to whomever: a class signs up together
  factor: { burst: 5, every: '1 minute' }, // codes of an authenticator
}

export function attempts(database: Database, secrets: Buffer, allowed: Allowances = allowances) {
  const named = (whom: string) => derived(secrets, 'attempts', whom)
  return {
    /** 0 when it may go ahead, else the seconds to wait. */
    take: (what: keyof Allowances, whom: string): Promise<number> =>
      database.write(theServer, (db) => db.call('private.attempt', { what, whom: named(whom), ...allowed[what] })),
    /** After a success: the person is who they said. */
    forgive: async (what: keyof Allowances, whom: string): Promise<void> => {
      await database.write(theServer, (db) =>
        db.deleteFrom('identity.attempts').where('what', '=', what).where('whom', '=', named(whom)).execute(),
      )
    },
  }
}
export type Attempts = ReturnType<typeof attempts>
