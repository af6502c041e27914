import { listInvitations, revokeInvitation } from '#platform/identity/invitations/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { Chip } from './chip.tsx'
import { ReasonField } from './reason.tsx'

type InvitationProps = OutputOf<typeof listInvitations>['items'][number]

/** For whom it is, what became of it, and, while it is open, a way to take it back. */
export function Invitation(invitation: InvitationProps) {
  const { id, email, role, made_at } = invitation
  const revoke = useAct(by(revokeInvitation), { refreshes: [listInvitations] })
  const { word, is, until, at } = stateOf(invitation)
  return (
    <>
      <div className="says">
        <p className="says-what">
          {email ?? (until ? 'Whoever has the link' : 'Somebody')}
          {role === 'administrator' && ', as an administrator'}
        </p>
        <p className="beside">
          <Chip {...(is ? { is } : {})}>{word}</Chip>
          <span>
            {until && 'until '}
            <When at={at} />
          </span>
          <span>
            made <When at={made_at} kind="date" />
          </span>
        </p>
      </div>
      {until && (
        <Confirm
          verb="Revoke"
          says="Whoever has the link cannot come in by it any more."
          act={revoke}
          into={({ reason = '' }) => ({ id, reason })}
        >
          <ReasonField help="Goes on record beside your name." />
        </Confirm>
      )}
    </>
  )
}

type State = { word: string; is?: 'good' | 'warn' | 'bad'; at: string; until?: boolean }

function stateOf({ taken_at, revoked_at, expires_at }: InvitationProps): State {
  if (taken_at) return { word: 'Taken', is: 'good', at: taken_at }
  if (revoked_at) return { word: 'Revoked', is: 'bad', at: revoked_at }
  if (new Date(expires_at) <= new Date()) return { word: 'Expired', is: 'warn', at: expires_at }
  return { word: 'Open', at: expires_at, until: true }
}
