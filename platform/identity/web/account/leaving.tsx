import { askForDeletion, readDeletion } from '#platform/identity/leaving/api.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { leavingShows, Stay } from './stay.tsx'

export function Leaving() {
  const { erases_at, keeps } = useRead(readDeletion, {})
  const leave = useAct(by(askForDeletion), { refreshes: leavingShows })
  return (
    <>
      {erases_at ? (
        <p>
          <strong>
            Your account is erased on <When at={erases_at} />.
          </strong>{' '}
          Until then everything is as it was, and you can think better of it.
        </p>
      ) : (
        <p>When you delete your account, all of it goes after 14 days. Until then you can change your mind.</p>
      )}
      {keeps.length > 0 && (
        <>
          <p>What stays, and why:</p>
          <ul className="quiet">
            {keeps.map(({ part, says }) => (
              <li key={part}>{says}</li>
            ))}
          </ul>
        </>
      )}
      {erases_at ? (
        <Stay />
      ) : (
        <Confirm
          verb="Delete my account"
          says="In 14 days everything of yours is erased for good. Until then you can sign in and keep your account; a mail has a link for that, too."
          act={leave}
          into={() => ({})}
          button={{ variant: 'danger' }}
          words={{ is_administrator: 'You administrate this place. Hand that to somebody else first; then you can leave.' }}
        />
      )}
    </>
  )
}
