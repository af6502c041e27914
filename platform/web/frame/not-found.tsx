import { Link } from '@tanstack/react-router'
import { Page } from '../parts/page.tsx'

export function NotFound() {
  return (
    <Page title="There is nothing here" lead="The address may be mistyped, or what was here is gone.">
      <Link to="/">To the start</Link>
    </Page>
  )
}
