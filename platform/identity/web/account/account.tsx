import { useMe } from '#platform/web/me.ts'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { AccountPage } from './account-page.tsx'
import { Appearance } from './appearance.tsx'
import { NameAndZone } from './name-and-zone.tsx'
import { Picture } from './picture.tsx'

export function Account() {
  const { created_at } = useMe()
  const since = <When at={created_at} kind="date" />
  return (
    <AccountPage title="About you" lead={<>You have been here since {since}.</>}>
      <Section title="Name and time zone" lead="Others here read your name. Your zone is for quiet hours, and for the times in mails.">
        <NameAndZone />
      </Section>
      <Section title="Picture" lead="Seen by people who are signed in. Where it was taken, and all else a camera notes, is removed.">
        <Picture />
      </Section>
      <Section title="Colours" lead="In this browser only.">
        <Appearance />
      </Section>
    </AccountPage>
  )
}
