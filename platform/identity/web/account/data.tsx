import { Section } from '#platform/web/parts/section.tsx'
import { AccountPage } from './account-page.tsx'
import { Exports } from './exports.tsx'
import { Leaving } from './leaving.tsx'

export function Data() {
  return (
    <AccountPage title="Your data" lead="It is yours: take it along, or take it away.">
      <Section title="A copy of everything" lead="One zip file with all that is kept of you here, and a page that explains it.">
        <Exports />
      </Section>
      <Section title="Leaving">
        <Leaving />
      </Section>
    </AccountPage>
  )
}
