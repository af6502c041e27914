import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Empty } from '#platform/web/parts/empty.tsx'
import { PracticePage } from '../tabs.tsx'

/** No session at this address, or no seat in it: one answer for both, as the server gives it. */
export const NotThere = () => (
  <PracticePage title="You have no seat here">
    <Empty
      action={
        <Button component={Link} to="/practice/sessions">
          My sessions
        </Button>
      }
    >
      This session was withdrawn, or your seat in it is somebody else’s by now, or the address is not whole. What you have played is in
      Progress.
    </Empty>
  </PracticePage>
)
