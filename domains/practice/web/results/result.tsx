import { Link, useParams } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { listFormats } from '#domains/practice/api/library.ts'
import { readResult } from '#domains/practice/api/results.ts'
import { useTopic } from '#platform/live/web/use-topic.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'
import { CaseText } from '../case-text.tsx'
import { Estimate } from '../estimate.tsx'
import { PracticePage } from '../tabs.tsx'
import { AsMarked } from './as-marked.tsx'
import { SaveAsPdf } from './save.tsx'
import { partOf } from '#domains/practice/cases/part-of.ts'
import { Remarks } from './remarks.tsx'
import { Sharing } from './sharing.tsx'
import './result.css'

export type Result = OutputOf<typeof readResult>

/** One round, afterwards: how it was marked, what to take from it, what the two say to each other. Prints well. */
export function ResultPage() {
  const { session, round } = useParams({ strict: false }) as { session: string; round: string }
  const result = useRead(readResult, { session, round: Number(round) })
  const client = useQueryClient()
  const again = () => void client.invalidateQueries({ queryKey: [readResult.path] })
  useTopic(session, { 'practice.remark-written': again, 'practice.sheet-submitted': again })
  const { case_name, markscheme, condition } = result
  return (
    <PracticePage
      title={case_name}
      above={<Link to="/practice/results">What you have played</Link>}
      lead={<Facts {...result} />}
      action={markscheme !== null && <SaveAsPdf session={session} round={Number(round)} />}
    >
      {markscheme === null ? <NotOpen {...result} /> : <AsMarked result={result} markscheme={markscheme} />}
      {markscheme !== null && <ToTakeAway condition={condition} markscheme={markscheme} />}
      <Remarks result={result} />
      <Sharing result={result} />
      {markscheme !== null && (
        <details className="result-markscheme">
          <summary>The whole markscheme</summary>
          <CaseText words={markscheme} />
        </details>
      )}
      <p>
        <Link to="/practice/progress">What to practise next</Link>
      </p>
      <Estimate />
    </PracticePage>
  )
}

function Facts({ role, with: partner, format, type, began_at }: Result) {
  const { items } = useRead(listFormats, {})
  const name = partner?.name || 'your partner'
  const parts = {
    candidate: `You were the candidate; ${name} played the patient${type === 'mock' ? ' and marked' : ''}.`,
    actor: `You played the patient${type === 'mock' ? ' and marked' : ''}; ${name} was the candidate.`,
    alone: type === 'mock' ? 'You played it alone and marked yourself.' : 'You went through it alone.',
  }
  return (
    <>
      {parts[role]} {items.find(({ id }) => id === format)?.name}, <When at={began_at} />
    </>
  )
}

const NotOpen = ({ reached, ended_at, session_id, role }: Result) => (
  <Section title="Nothing is open yet">
    <p>
      {ended_at === null
        ? role === 'alone'
          ? 'The markscheme opens when the running is over.'
          : 'The markscheme opens in the feedback.'
        : reached === 'feedback'
          ? 'You are the candidate in this very case at the moment, so what it says stays closed until that station is in its feedback.'
          : 'The station stopped before its feedback, so its markscheme stays closed: you can still be surprised by this case.'}
    </p>
    {ended_at === null && (
      <p>
        <Link to="/practice/sessions/$id" params={{ id: session_id }}>
          Back to the station
        </Link>
      </p>
    )}
  </Section>
)

function ToTakeAway({ condition, markscheme }: { condition: string | null; markscheme: string }) {
  const [points, read] = [partOf(markscheme, 'Learning points'), partOf(markscheme, 'Read')]
  if (!condition && !points && !read) return null
  return (
    <Section title="To take with you">
      {condition && (
        <p>
          It was: <b>{condition}</b>
        </p>
      )}
      {points && <CaseText words={points} />}
      {read && (
        <>
          <h3 className="result-read">To read about it</h3>
          <CaseText words={read} />
        </>
      )}
    </Section>
  )
}
