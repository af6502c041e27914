import { MyBlocks } from '#platform/safety/web/my-blocks.tsx'
import { MyReports } from '#platform/safety/web/my-reports.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { AccountPage } from './account-page.tsx'

export function People() {
  return (
    <AccountPage title="People" lead="Whom you keep away from you, and whom or what you told us about.">
      <Section title="Blocked" lead="You and they do not meet here. They are not told.">
        <MyBlocks />
      </Section>
      <Section title="Reported" lead="We tell you when we have looked at it. They do not learn who it was.">
        <MyReports />
      </Section>
    </AccountPage>
  )
}
