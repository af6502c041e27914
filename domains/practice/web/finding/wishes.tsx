import { useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTopic } from '#platform/live/web/use-topic.ts'
import { call } from '#platform/operations/call.ts'
import type { OutputOf, SentTo } from '#platform/operations/operation.ts'
import { instantOf, plusDays, wallOf } from '#platform/scheduling/time.ts'
import { useNow } from '#platform/scheduling/web/now.ts'
import { useMe } from '#platform/web/me.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { ChoiceField } from '#platform/web/parts/fields.tsx'
import { Form, useFault, type Fields } from '#platform/web/parts/form.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { listFormats } from '../../api/library.ts'
import { readProfile } from '../../api/profile.ts'
import { listWishes, wish, withdrawWish } from '../../api/wishes.ts'
import { PracticePage } from '../tabs.tsx'
import { choicesOf, levels, types, type Level, type Type } from '../words.ts'
import { AppearFirst, appearThen, useIsNew } from './appear.tsx'
import { useMyZone, whenIn } from './clocks.ts'
import { useFreeEvening } from './free-evening.ts'
import { useFormatName } from './offers.tsx'
import { Proposed } from './proposed.tsx'
import './find.css'

type Wishes = OutputOf<typeof listWishes>
type Wish = Wishes['items'][number]

/** When one could: whoever could then, too, is found. */
export function WishesPage() {
  const [again, setAgain] = useState(0)
  return (
    <PracticePage
      title="Find me a partner"
      lead="Say when you could. Whoever could then, too, is asked with you; when you have both said yes, it stands in your calendars."
    >
      <Found />
      <Section title="When I could">
        <Wished />
      </Section>
      <Section title="Say when you could">
        <Wishing key={again} onDone={() => setAgain(again + 1)} />
      </Section>
    </PracticePage>
  )
}

/** What is proposed: with whom, when, and one's answer. */
function Found() {
  const { proposals } = useRead(listWishes, {})
  const client = useQueryClient()
  const look = () => void client.invalidateQueries({ queryKey: [listWishes.path] })
  useTopic(useMe().id, { 'notices.told': look, reset: look })
  return proposals.map((proposal) => <Proposed key={proposal.id} proposal={proposal} />)
}

function Wished() {
  const { items } = useRead(listWishes, {})
  if (items.length === 0) return <Empty>Nothing yet. Say below when you could; a wish claims no time, and you can take it back.</Empty>
  return (
    <Rows label="When I could">
      {items.map((one) => (
        <Row key={one.id}>
          <WishRow wish={one} />
        </Row>
      ))}
    </Rows>
  )
}

function WishRow({ wish: { id, since, until, minutes, type, format, level, offers } }: { wish: Wish }) {
  const zone = useMyZone()
  const now = useNow()
  const formatName = useFormatName(format ?? '')
  const act = useAct(by(withdrawWish), { refreshes: [listWishes], onDone: () => say('Taken back') })
  const long = (Date.parse(until) - Date.parse(since)) / 60_000
  const how = [
    type === 'review' ? types.review : format === null ? 'Any format' : formatName,
    ...(level === 'any' ? [] : [levels[level]]),
    `${minutes} minutes`,
  ]
  return (
    <>
      <div className="wish">
        <p className="wish-when">{whenIn(zone, since, long, now)}</p>
        <p>{how.join(' · ')}</p>
        {offers.map((offer) => (
          <p key={offer.id}>
            <Link to="/practice/offers/$id" params={{ id: offer.id }}>
              {offer.host.name.split(' ')[0]} has a free seat, {whenIn(zone, offer.starts_at, offer.minutes, now)}
            </Link>
          </p>
        ))}
      </div>
      <Button variant="subtle" onClick={() => act.run({ id })} loading={act.busy}>
        Take back<span className="unseen"> {whenIn(zone, since, long, now)}</span>
      </Button>
    </>
  )
}

function Wishing({ onDone }: { onDone: () => void }) {
  const zone = useMyZone()
  const isNew = useIsNew()
  const { items: formats } = useRead(listFormats, {})
  const { day, clock } = wallOf(useFreeEvening(zone), zone)
  const act = useAct(
    appearThen(isNew, (input: SentTo<typeof wish>) => call(wish, input)),
    {
      refreshes: [listWishes, readProfile],
      onDone: () => {
        say('Noted. You are told when somebody could, too')
        onDone()
      },
    },
  )
  return (
    <Form act={act} submit="Find me a partner" into={(fields) => ({ fields, input: wishOf(fields, zone) })}>
      {isNew && <AppearFirst />}
      <div className="offer-fields-when">
        <TextInput name="day" label="Day" type="date" required withAsterisk={false} defaultValue={day} error={useFault('since')} />
        <TextInput name="from" label="From" type="time" required withAsterisk={false} defaultValue={clock} />
        <TextInput name="to" label="Until" type="time" required withAsterisk={false} defaultValue="22:00" error={useFault('until')} />
      </div>
      <div className="offer-fields-when">
        <ChoiceField name="minutes" label="For" choices={lengths} defaultValue="60" />
        <ChoiceField name="level" label="Level" choices={choicesOf(levels)} />
      </div>
      <ChoiceField name="format" label="Format" choices={[{ value: '', label: 'Any format' }, ...formats.map(asChoice)]} optional />
      <ChoiceField name="type" label="What for" choices={choicesOf(types)} />
    </Form>
  )
}

/** Until what the clock says next after it began: over midnight, if it must be. */
function wishOf({ day = '', from = '', to = '', minutes, type, format, level }: Fields, zone: string): SentTo<typeof wish> {
  return {
    since: instantOf(day, from, zone).toISOString(),
    until: instantOf(to > from ? day : plusDays(day, 1), to, zone).toISOString(),
    minutes: Number(minutes),
    type: type as Type,
    format: format || null,
    level: level as Level,
  }
}

const asChoice = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })

const lengths = [
  { value: '30', label: '30 minutes' },
  { value: '60', label: 'an hour' },
  { value: '90', label: '1½ hours' },
  { value: '120', label: '2 hours' },
]
