import { useRef, useState } from 'react'
import { Link } from '@tanstack/react-router'
import { Button, Switch, TextInput } from '@mantine/core'
import '@mantine/core/styles/Switch.css'
import { useClipboard } from '@mantine/hooks'
import { AccountPage } from '#platform/identity/web/account/account-page.tsx'
import '#platform/identity/web/account/switch.css'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { chooseReminders, makeFeed, readFeed, readReminders, revokeFeed } from '../api.ts'
import './settings.css'

export function CalendarSettings() {
  return (
    <AccountPage title="Calendar" lead="What you have planned here, in the calendar you use elsewhere; and when you are reminded of it.">
      <Section
        title="In your calendar elsewhere"
        lead="Google, Apple, Outlook and others can show what you have planned, and follow when it is moved or off. They are given times and plain titles: nobody’s name, and nothing of what it is about."
      >
        <Feed />
      </Section>
      <Section title="Reminders" lead="Behind the bell, on your devices, and the first two by mail as well.">
        <Reminders />
        <p className="quiet">
          What would fall into your quiet hours is said shortly before they begin; ten minutes before, at any hour: you have planned it.
          Quiet hours are chosen beside your <Link to="/account/notifications">notices and mails</Link>.
        </p>
      </Section>
      <Section title="By mail">
        <p className="quiet">
          When something is planned, moved or off you are sent an appointment, which most mail programs take into your calendar. If yours
          subscribes above, the same would stand there twice: then <Link to="/account/notifications">switch these mails off</Link>.
        </p>
      </Section>
    </AccountPage>
  )
}

function Feed() {
  const { feed } = useRead(readFeed, {})
  const make = useAct(by(makeFeed), { refreshes: [readFeed], onDone: () => say('The address is made') })
  if (feed) return <Address {...feed} />
  return <Form act={make} submit="Make an address" into={() => ({})} />
}

type FeedProps = NonNullable<ReturnType<typeof useRead<typeof readFeed>>['feed']>

function Address({ url, made_at, fetched_at }: FeedProps) {
  const anew = useAct(by(makeFeed), { refreshes: [readFeed], onDone: () => say('The address is a new one') })
  const revoke = useAct(by(revokeFeed), { refreshes: [readFeed], onDone: () => say('The address is revoked') })
  const { copy, copied } = useClipboard({ timeout: 4_000 })
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <TextInput
        ref={field}
        className="feed-address"
        label="Address"
        description="Whoever has it sees when you are taken, without signing in. Give it to your own calendars alone."
        value={url}
        readOnly
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <p className="row-acts feed-acts">
        <Button onClick={() => (field.current?.select(), copy(url))}>
          <span aria-live="polite">{copied ? 'Copied' : 'Copy the address'}</span>
        </Button>
        <Button component="a" variant="default" href={url.replace(/^https?:/, 'webcal:')}>
          Subscribe on this device
        </Button>
        <Confirm
          act={anew}
          verb="Make a new one"
          says="Calendars that use this address show nothing new from then on, until you give them the new one."
          into={() => ({})}
        />
        <Confirm act={revoke} verb="Revoke" says="Calendars that use this address show nothing new from then on." into={() => ({})} />
      </p>
      <p className="quiet">
        Made <When at={made_at} kind="ago" />
        {fetched_at ? (
          <>
            ; last asked for <When at={fetched_at} kind="ago" />.
          </>
        ) : (
          '; no calendar has asked for it yet.'
        )}{' '}
        Most calendars ask every few hours, some once a day.
      </p>
      {isOfThisMachine(url) && (
        <p className="quiet">This server can be reached from this machine alone, so only programs on it can subscribe.</p>
      )}
    </>
  )
}

const isOfThisMachine = (url: string) => /^(?:localhost|127\.|\[::1\])/.test(new URL(url).host)

type Choices = ReturnType<typeof useRead<typeof readReminders>>

function Reminders() {
  const chosen = useRead(readReminders, {})
  const [asked, ask] = useState<Partial<Choices>>({})
  const choose = useAct(by(chooseReminders), { refreshes: [readReminders], onDone: () => (ask({}), say('Saved')) })
  const shown = choose.refusal ? chosen : { ...chosen, ...asked }
  return (
    <>
      <Rows label="Reminders">
        {leads.map(([lead, says]) => (
          <Row key={lead}>
            <Switch
              classNames={{ root: 'switch', body: 'switch-body', labelWrapper: 'switch-words', label: 'switch-label' }}
              withThumbIndicator={false}
              labelPosition="left"
              label={says}
              checked={shown[lead]}
              onChange={({ currentTarget: { checked } }) => {
                ask({ ...asked, [lead]: checked })
                choose.run({ ...shown, [lead]: checked })
              }}
            />
          </Row>
        ))}
      </Rows>
      {choose.refusal && <Refused error={choose.refusal} />}
    </>
  )
}

const leads = [
  ['day_before', 'A day before'],
  ['hour_before', 'An hour before'],
  ['ten_minutes', 'Ten minutes before'],
] as const
