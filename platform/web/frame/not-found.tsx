import { Link } from '@tanstack/react-router'
import { Page } from '../parts/page.tsx'

export function NotFound() {
  return (
    <Page title="There is nothing here" lead="The address may be mistyped, what was here may be gone, or it is not for you to see.">
      <p>
        <Link to="/">To the start</Link>
      </p>
    </Page>
  )
}
