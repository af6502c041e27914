import { Link } from '@tanstack/react-router'
import { Stay } from '#platform/identity/web/account/stay.tsx'
import { Section } from '../parts/section.tsx'
import { When } from '../parts/when.tsx'

/** To somebody who asked to leave: when they go, what goes with them, and the way to stay. */
export const LeavingSoon = ({ erases_at }: { erases_at: string }) => (
  <Section title="You are leaving" action={<Link to="/account/data">Take a copy along</Link>}>
    <p>
      You asked to have your account deleted. On <When at={erases_at} /> everything of yours is erased for good. Until then everything is as
      it was, and you can think better of it.
    </p>
    <Stay />
  </Section>
)
