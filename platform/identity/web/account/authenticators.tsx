import { listSessions, readWaysIn } from '#platform/identity/api.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { When } from '#platform/web/parts/when.tsx'
import { useAct } from '#platform/web/read.ts'
import { auth } from '../gotrue.ts'
import { AddAuthenticator } from './add-authenticator.tsx'
import { ProveAgain } from './prove-again.tsx'
import { myUser, useUser, type Factor } from './user.ts'

export function Authenticators() {
  const { factors = [] } = useUser()
  const apps = factors.filter(({ status }) => status === 'verified')
  return (
    <>
      {apps.length === 0 ? (
        <Empty>You have none. With one, a stolen password opens nothing.</Empty>
      ) : (
        <Rows label="Authenticator apps">
          {apps.map((app) => (
            <App key={app.id} {...app} />
          ))}
        </Rows>
      )}
      <AddAuthenticator before={factors} />
    </>
  )
}

function App({ id, friendly_name, created_at }: Factor) {
  const remove = useAct(() => auth('DELETE', `/factors/${id}`), {
    refreshes: [myUser, readWaysIn, listSessions],
    onDone: () => say('Removed'),
  })
  const name = friendly_name || 'An authenticator app'
  return (
    <Row>
      <span>
        {name}
        <span className="row-says">
          Since <When at={created_at} kind="date" />
        </span>
      </span>
      <Confirm
        verb="Remove"
        says={`${name} gives no codes for your account any more. Without any app, your password alone opens it.`}
        act={remove}
        into={() => undefined}
      >
        <ProveAgain refusal={remove.refusal} />
      </Confirm>
    </Row>
  )
}
