import {
  confirmAddress,
  endSessionsOf,
  findPeople,
  liftSuspension,
  makeAdministrator,
  seePerson,
  suspend,
  unmakeAdministrator,
} from '#platform/identity/administration/api.ts'
import { Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { Erase } from './erase.tsx'
import { HandOver } from './hand-over.tsx'
import { PersonAct, type SeenPerson } from './person-act.tsx'

/** What an administrator can do about somebody: each act with its reason, and what follows from it. */
export function ActsOnPerson({ person }: { person: SeenPerson }) {
  return (
    <>
      <Section title="What you can do">
        <Rows label="Acts">
          {acts.map(({ fits, ...act }) => fits(person) && <SimpleAct key={act.verb} id={person.id} {...act} />)}
          <HandOver {...person} />
        </Rows>
      </Section>
      <Section title="No way back">
        <Rows label="Acts without a way back">
          <Erase {...person} />
        </Rows>
      </Section>
    </>
  )
}

type Simple = {
  what: string
  verb: string
  says: string
  gives?: boolean
  send: (input: { id: string; reason: string }) => Promise<unknown>
  done: string
}

function SimpleAct({ id, send, done, ...act }: Simple & { id: string }) {
  const doing = useAct(send, { refreshes: [seePerson, findPeople], onDone: () => say(done) })
  return <PersonAct {...act} act={doing} into={({ reason = '' }) => ({ id, reason })} />
}

const acts: (Simple & { fits: (person: SeenPerson) => boolean })[] = [
  {
    what: 'Suspend',
    verb: 'Suspend',
    says: 'They are signed out everywhere and cannot sign in, until the suspension is lifted. Nothing of theirs is lost.',
    fits: ({ suspended_at }) => !suspended_at,
    send: by(suspend),
    done: 'Suspended',
  },
  {
    what: 'Lift the suspension',
    verb: 'Lift suspension',
    says: 'They can sign in again.',
    gives: true,
    fits: ({ suspended_at }) => suspended_at !== null,
    send: by(liftSuspension),
    done: 'Suspension lifted',
  },
  {
    what: 'End all sessions',
    verb: 'End sessions',
    says: 'They are signed out on every device, and can sign in again at once.',
    fits: () => true,
    send: by(endSessionsOf),
    done: 'Signed out everywhere',
  },
  {
    what: 'Confirm the address',
    verb: 'Confirm address',
    says: 'Only if you know by other means that it is theirs: whoever has the mailbox can take over the account.',
    gives: true,
    fits: ({ confirmed_at }) => !confirmed_at,
    send: by(confirmAddress),
    done: 'Address confirmed',
  },
  {
    what: 'Make an administrator',
    verb: 'Make administrator',
    says: 'They can do everything that you can here, and can unmake you.',
    gives: true,
    fits: ({ administrator }) => !administrator,
    send: by(makeAdministrator),
    done: 'Made an administrator',
  },
  {
    what: 'Make an ordinary person again',
    verb: 'Unmake administrator',
    says: 'They lose all of this, and keep their account.',
    fits: ({ administrator }) => administrator,
    send: by(unmakeAdministrator),
    done: 'An ordinary person again',
  },
]
