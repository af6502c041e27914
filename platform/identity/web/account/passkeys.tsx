import { listPasskeys, readWaysIn, removePasskey, renamePasskey, listSessions } from '#platform/identity/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Empty } from '#platform/web/parts/empty.tsx'
import { TextField } from '#platform/web/parts/fields.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { addPasskey } from './add-passkey.ts'
import { Edit } from '#platform/web/parts/edit.tsx'
import { ProveAgain } from './prove-again.tsx'

const shows = [listPasskeys, readWaysIn]

export function Passkeys() {
  const { passkeys } = useRead(listPasskeys, {})
  const add = useAct(addPasskey, { refreshes: shows, onDone: () => say('Your passkey was added') })
  return (
    <>
      {passkeys.length === 0 ? (
        <Empty>You have none yet. Your phone, your computer or a key on your key ring can hold one.</Empty>
      ) : (
        <Rows label="Passkeys">
          {passkeys.map((passkey) => (
            <Passkey key={passkey.id} {...passkey} />
          ))}
        </Rows>
      )}
      <Edit verb="Add a passkey" submit="Continue" says="Your browser asks you next." act={add} into={({ name = '' }) => name}>
        <TextField name="name" label="Name" help="So that you know it again: My laptop." maxLength={120} optional />
        <ProveAgain refusal={add.refusal} />
      </Edit>
    </>
  )
}

function Passkey({ id, name, created_at, last_used_at, backed_up }: OutputOf<typeof listPasskeys>['passkeys'][number]) {
  const rename = useAct(by(renamePasskey), { refreshes: [listPasskeys], onDone: () => say('Renamed') })
  const remove = useAct(by(removePasskey), { refreshes: [...shows, listSessions], onDone: () => say('Removed') })
  return (
    <Row>
      <span>
        {name}
        <span className="row-says">
          Since <When at={created_at} kind="date" />,{' '}
          {last_used_at ? (
            <>
              last used <When at={last_used_at} kind="ago" />
            </>
          ) : (
            'not used yet'
          )}
          {!backed_up && '. On one device only'}
        </span>
      </span>
      <span className="row-acts">
        <Edit verb="Rename" submit="Rename" act={rename} into={({ name = '' }) => ({ id, name })}>
          <TextField name="name" label="Name" defaultValue={name} maxLength={120} />
        </Edit>
        <Confirm
          verb="Remove"
          says={`${name} does not open your account any more, and whoever is signed in with it elsewhere is signed out. The device may still offer it; delete it there, too.`}
          act={remove}
          into={() => ({ id })}
        >
          <ProveAgain refusal={remove.refusal} />
        </Confirm>
      </span>
    </Row>
  )
}
