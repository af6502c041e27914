import { Page } from '../parts/page.tsx'
import { useMe } from '../me.ts'

export function Today() {
  const me = useMe()
  return (
    <Page title="Today" lead={`Signed in as ${me.name}.`}>
      <p>Nothing is planned.</p>
    </Page>
  )
}
