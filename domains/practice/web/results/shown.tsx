import { Suspense, useState } from 'react'
import { Link, useParams } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@mantine/core'
import { listFormats } from '#domains/practice/api/library.ts'
import { openShown, readShown } from '#domains/practice/api/shares.ts'
import { useTopic } from '#platform/live/web/use-topic.ts'
import { ReportPerson } from '#platform/safety/web/report-person.tsx'
import { Quote } from '#platform/web/parts/quote.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useMe } from '#platform/web/me.ts'
import { useRead } from '#platform/web/read.ts'
import { Estimate } from '../estimate.tsx'
import { PracticePage } from '../tabs.tsx'
import { Checklist } from './checklist.tsx'
import { Rated } from './rated.tsx'

/** A result that somebody shows me. What gives the case away is opened knowingly. */
export function ShownPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { from, case_name, category, content_note, began_at, format, rating, scores, marked_by, known } = useRead(readShown, { id })
  const { items } = useRead(listFormats, {})
  const client = useQueryClient()
  // Forgotten, not only asked for again: what was taken back must not stand there because the answer is a no.
  const forget = () => [readShown, openShown].forEach(({ path }) => void client.resetQueries({ queryKey: [path] }))
  useTopic(useMe().id, { 'practice.shares-changed': forget })
  return (
    <PracticePage
      title={`${from.name}: ${case_name}`}
      above={<Link to="/practice/results/shared">Shown to you</Link>}
      lead={
        <>
          {category} · {items.find((one) => one.id === format)?.name} · <When at={began_at} />
        </>
      }
    >
      <Section
        title="How it was marked"
        lead={marked_by === 'self' ? `${from.name} played it alone and marked it themselves.` : 'Marked by whoever played the patient.'}
      >
        {rating !== null && <Rated format={format} rating={rating} scores={scores} />}
      </Section>
      <Whole id={id} known={known} note={content_note} />
      <Section title="Something wrong with it?" lead={`${from.name} does not learn that it was you.`}>
        <ReportPerson id={from.id} name={from.name} subject={{ kind: 'practice.share', id }} />
      </Section>
      <Estimate />
    </PracticePage>
  )
}

function Whole({ id, known, note }: { id: string; known: boolean; note: string }) {
  const [knowing, setKnowing] = useState(false)
  if (known || knowing)
    return (
      <Suspense fallback={<Skeleton />}>
        <Opened id={id} knowing={knowing} />
      </Suspense>
    )
  return (
    <Section title="The whole of it">
      <p>
        The checklist and the words give the case away: as its candidate you could not be surprised by it any more. That you opened it is
        kept on record.
      </p>
      {note && <p>May distress: {note}</p>}
      <Button variant="default" onClick={() => setKnowing(true)}>
        Open it, I know
      </Button>
    </Section>
  )
}

function Opened({ id, knowing }: { id: string; knowing: boolean }) {
  const { condition, checklist, words } = useRead(openShown, { id, knowing })
  return (
    <Section title="The checklist">
      <p>
        It was: <b>{condition}</b>
      </p>
      <Checklist items={checklist} marks />
      {words && <Quote from="On the sheet">{words}</Quote>}
    </Section>
  )
}
