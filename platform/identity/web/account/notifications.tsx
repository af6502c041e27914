import { useState } from 'react'
import { Switch } from '@mantine/core'
import '@mantine/core/styles/Switch.css'
import { listPreferences, setPreference } from '#platform/mail/api.ts'
import { QuietHours } from '#platform/notices/web/quiet-hours.tsx'
import type { OutputOf } from '#platform/operations/operation.ts'
import { OnYourDevices } from '#platform/push/web/on-your-devices.tsx'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { AccountPage } from './account-page.tsx'
import './switch.css'

export function Notifications() {
  return (
    <AccountPage
      title="How you are told"
      lead="Whatever happens here without you stands behind the bell. This is how else it may reach you."
    >
      <Section
        title="On your devices"
        lead="A notification, also while Vivavoce is closed. It shows one line that names nobody; the rest is here."
      >
        <OnYourDevices />
      </Section>
      <Section title="Quiet hours" lead="No device makes a sound then, but for what cannot wait: a call, or what begins in ten minutes.">
        <QuietHours />
      </Section>
      <Section title="By mail, as you like">
        <Yours />
      </Section>
      <Section title="By mail, always" lead="These guard your account, or tell you what you must know. They cannot be turned off.">
        <Always />
      </Section>
    </AccountPage>
  )
}

function Yours() {
  const yours = useRead(listPreferences, {}).kinds.filter(({ mandatory }) => !mandatory)
  if (yours.length === 0) return <Empty>There is nothing to choose yet.</Empty>
  return (
    <Rows label="Mails you choose">
      {yours.map((kind) => (
        <Wanted key={kind.kind} {...kind} />
      ))}
    </Rows>
  )
}

function Always() {
  const always = useRead(listPreferences, {}).kinds.filter(({ mandatory }) => mandatory)
  return (
    <Rows label="Mails always sent">
      {always.map(({ kind, says }) => (
        <Row key={kind}>{says}</Row>
      ))}
    </Rows>
  )
}

function Wanted({ kind, says, wanted }: OutputOf<typeof listPreferences>['kinds'][number]) {
  const [asked, ask] = useState<boolean>()
  const set = useAct(by(setPreference), { refreshes: [listPreferences], onDone: () => (ask(undefined), say('Saved')) })
  const change = (to: boolean) => (ask(to), set.run({ kind, wanted: to }))
  return (
    <Row>
      <Switch
        classNames={{ root: 'switch', body: 'switch-body', labelWrapper: 'switch-words', label: 'switch-label' }}
        withThumbIndicator={false}
        labelPosition="left"
        label={says}
        checked={(set.refusal ? undefined : asked) ?? wanted}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
      />
      {set.refusal && <Refused error={set.refusal} />}
    </Row>
  )
}
