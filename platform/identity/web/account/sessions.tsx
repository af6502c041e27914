import { endOtherSessions, endSession, listSessions } from '#platform/identity/account/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { AccountPage } from './account-page.tsx'
import { ProveAgain } from './prove-again.tsx'

export function Sessions() {
  return (
    <AccountPage title="Where you are signed in" lead="If you do not know one of these, sign it out and change your password.">
      <Devices />
    </AccountPage>
  )
}

function Devices() {
  const { sessions } = useRead(listSessions, {})
  return (
    <>
      <Rows label="Devices">
        {sessions.map((session) => (
          <Device key={session.id} {...session} />
        ))}
      </Rows>
      {sessions.length > 1 ? <EndOthers /> : <p className="quiet">You are signed in nowhere else.</p>}
    </>
  )
}

function Device({ id, device, created_at, last_used_at, this_one }: OutputOf<typeof listSessions>['sessions'][number]) {
  const end = useAct(by(endSession), { refreshes: [listSessions], onDone: () => say('Signed out there') })
  return (
    <Row>
      <span>
        {device}
        <span className="row-says">
          {created_at && (
            <>
              Signed in <When at={created_at} />
            </>
          )}
          {last_used_at && !this_one && (
            <>
              , last used <When at={last_used_at} kind="ago" />
            </>
          )}
        </span>
      </span>
      {this_one ? (
        <strong>This one</strong>
      ) : (
        <Confirm verb="Sign out" says={`${device} has to sign in again at its next step.`} act={end} into={() => ({ id })}>
          <ProveAgain refusal={end.refusal} />
        </Confirm>
      )}
    </Row>
  )
}

function EndOthers() {
  const end = useAct(by(endOtherSessions), { refreshes: [listSessions], onDone: ({ ended }) => say(`Signed out elsewhere: ${ended}`) })
  return (
    <Confirm verb="Sign out everywhere else" says="Every device but this one has to sign in again." act={end} into={() => ({})}>
      <ProveAgain refusal={end.refusal} />
    </Confirm>
  )
}
