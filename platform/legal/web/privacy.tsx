import { Page } from '#platform/web/parts/page.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { DataMap } from './data-map.tsx'
import { Written } from './written.tsx'

export const Privacy = () => (
  <Page title="Privacy">
    <Written page="privacy" file="privacy.md">
      <p>
        Everything you give to this place stays on the machine of whoever runs it: they decide what happens with it, and they answer for it.
        Nothing is sent to the makers of the software, and no page of it loads anything from elsewhere. There is no advertising and no
        counting of visitors. One cookie keeps you signed in.
      </p>
      <p>
        On your account’s page you can take a copy of everything of yours, change it, and delete it. For anything else, ask whoever runs
        this place.
      </p>
    </Written>
    <Section title="What is kept, why, and for how long" lead="What the software does by itself, whoever runs it.">
      <DataMap />
    </Section>
  </Page>
)
