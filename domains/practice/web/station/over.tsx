import { lazy } from 'react'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useNow } from '#platform/scheduling/web/now.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'
import { listRounds } from '../../api/rounds.ts'
import { readSheet } from '../../api/sheet.ts'
import { useMyZone, whenIn } from '../finding/clocks.ts'
import { PracticePage } from '../tabs.tsx'
import { otherOf } from './people.ts'
import type { Session } from './use-session.ts'
import './before.css'

const ReportCase = lazy(async () => ({ default: (await import('../report-case.tsx')).ReportCase }))
const Marking = lazy(async () => ({ default: (await import('./marking.tsx')).Marking })) // most have nothing left to hand in

/** What is left of a session: what was played in it, and where to go from here. */
export function Over({ session }: { session: Session }) {
  const other = otherOf(session)
  const zone = useMyZone()
  const now = useNow()
  const { partner, cancelled_at, starts_at, minutes, case_id } = session
  const alone = partner === 'nobody'
  const [title, says] = cancelled_at
    ? ['This session was withdrawn', 'Your time is free again.']
    : session.ended_at
      ? [alone ? 'Done' : `You practised with ${other.name}`, 'What was open at the end stays open to you.']
      : ['This session did not take place', 'Its time has passed.']
  return (
    <PracticePage
      title={title}
      lead={
        <>
          {session.ended_at ? <When at={session.ended_at} /> : whenIn(zone, starts_at, minutes, now)} · {says}
        </>
      }
      action={
        <Button component={Link} to={alone ? '/practice/alone' : '/practice'}>
          {alone ? 'Another one' : 'Find the next one'}
        </Button>
      }
    >
      <Section title="What you played">
        <DataList
          label="Stations of this session"
          op={listRounds}
          input={{ session: session.id }}
          empty={<Empty>No station was begun.</Empty>}
          row={({ round, case_name, role, reached }) => (
            <Link to={`/practice/results/${session.id}/${round}`}>
              <span className="over-case">{case_name}</span>
              <span className="station-quiet">
                {roles[role]}
                {reached === 'feedback' ? '' : ', stopped early'}
              </span>
            </Link>
          )}
        />
      </Section>
      <Unfinished session={session} />
      {case_id && session.ended_at && (
        <Section title="Something wrong with the last case?" lead="Advice that may harm, a real person’s details, something that hurts.">
          <ReportCase id={case_id} />
        </Section>
      )}
    </PracticePage>
  )
}

// Whoever stopped, or swapped, before the sheet was handed in can still do it: the other one waits for it.
function Unfinished({ session }: { session: Session }) {
  const { items } = useRead(listRounds, { session: session.id })
  return items
    .filter(({ role, type, reached }) => role !== 'candidate' && type === 'mock' && (reached === 'marking' || reached === 'feedback'))
    .map(({ round, role, case_name }) => (
      <UnfinishedSheet key={round} session={{ ...session, round, role, phase: 'feedback' }} name={case_name} />
    ))
}

function UnfinishedSheet({ session, name }: { session: Session; name: string }) {
  const { submitted_at } = useRead(readSheet, { id: session.id, round: session.round! })
  if (submitted_at) return null
  return (
    <Section title={`Not handed in: ${name}`}>
      <Marking session={session} />
    </Section>
  )
}

const roles = { candidate: 'As the candidate', actor: 'As the patient', alone: 'Alone' }
