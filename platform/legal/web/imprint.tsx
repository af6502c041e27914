import { Page } from '#platform/web/parts/page.tsx'
import { Written } from './written.tsx'

export const Imprint = () => (
  <Page title="Who runs this place">
    <Written page="imprint" file="imprint.md">
      <p>
        Vivavoce is software that anybody may run on a machine of their own. Whoever runs this installation is responsible for it and for
        your data. Their name, address and how to reach them belong here.
      </p>
    </Written>
  </Page>
)
