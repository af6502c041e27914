import { Link } from '@tanstack/react-router'
import { Page } from '../parts/page.tsx'

export function Landing() {
  return (
    <Page title="Vivavoce">
      <p>Rehearse the conversations of a clinical career, be coached in them, and have them.</p>
      <p>
        <Link to="/sign-in">Sign in</Link>
      </p>
    </Page>
  )
}
