import { Link } from '@tanstack/react-router'
import { listInvitations } from '#platform/identity/invitations/api.ts'
import { readWaysIn } from '#platform/identity/openid/api.ts'
import { readSystem } from '#platform/operations/api.ts'
import { useReached } from '../connection.ts'
import type { Me } from '../me.ts'
import { Section } from '../parts/section.tsx'
import { useRead } from '../read.ts'

type Step = { done: boolean; title: string; says: string; verb: string; to: string }

/** What makes this place one's own. Each is ticked when it is done, by whatever way; when all are, they are gone. */
export function FirstSteps({ me }: { me: Me }) {
  const reached = useReached() // how the house is, is not kept for a time without a connection
  return me.administrator && reached ? <OfAdministrator me={me} /> : <OfPerson me={me} />
}

const OfPerson = ({ me }: { me: Me }) => <Steps steps={useOwnSteps(me)} />
const OfAdministrator = ({ me }: { me: Me }) => <Steps steps={[...useOwnSteps(me), ...useHouseSteps()]} />

function Steps({ steps }: { steps: Step[] }) {
  const left = steps.filter(({ done }) => !done).length
  if (left === 0) return <p className="today-calm">Nothing waits for you. Everything is set up as it should be.</p>
  return (
    <Section title="First steps" lead={`${steps.length - left} of ${steps.length} done. None of them is needed to look around.`}>
      <ol className="steps">
        {steps.map(({ done, title, says, verb, to }) => (
          <li key={title} className="step" data-done={done || undefined}>
            <svg viewBox="0 0 24 24" className="step-tick" aria-hidden="true">
              <circle cx="12" cy="12" r="10" />
              {done && <path d="m7.5 12.5 3 3 6-6.5" />}
            </svg>
            <div>
              <p className="step-title">
                {title}
                {done && <span className="step-done">done</span>}
              </p>
              {!done && <p>{says}</p>}
            </div>
            {!done && (
              <Link className="step-go" to={to}>
                {verb}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}

function useOwnSteps(me: Me): Step[] {
  const { passkeys, authenticators } = useRead(readWaysIn, {})
  return [
    {
      done: me.name !== '',
      title: 'Say your name',
      says: 'So that whoever sits across from you knows how to call you.',
      verb: 'Say it',
      to: '/account',
    },
    {
      done: me.zone !== null,
      title: 'Choose your time zone',
      says: 'Then every hour you agree on is right for both of you.',
      verb: 'Choose it',
      to: '/account',
    },
    {
      done: passkeys + authenticators > 0,
      title: 'Add a second way in',
      says: 'A passkey or an authenticator: a password alone can be guessed or lost.',
      verb: 'Add one',
      to: '/account/sign-in',
    },
    {
      done: me.avatar_file_id !== null,
      title: 'Show your face',
      says: 'A picture, if you like; your initials do as well.',
      verb: 'Add a picture',
      to: '/account',
    },
  ]
}

function useHouseSteps(): Step[] {
  const invitations = useRead(listInvitations, { limit: 1 })
  const { mail } = useRead(readSystem, {})
  return [
    {
      done: invitations.items.length > 0,
      title: 'Invite people',
      says: 'You administrate this place. A conversation takes two.',
      verb: 'Invite somebody',
      to: '/administration/invitations',
    },
    {
      done: mail.by === 'smtp',
      title: 'Let mails leave',
      says: 'Until SMTP_URL is set, links to sign in or to confirm an address reach nobody.',
      verb: 'See how',
      to: '/administration/system',
    },
  ]
}
