import { Link } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { listFormats } from '#domains/practice/api/library.ts'
import { listResults } from '#domains/practice/api/results.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Filters, useFilter } from '#platform/web/parts/filters.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'
import { Estimate } from '../estimate.tsx'
import { PracticePage } from '../tabs.tsx'
import { Ways } from './ways.tsx'
import './history.css'

export function History() {
  return (
    <PracticePage title="What you have played" lead="Each station with its sheet, and what you wrote to each other.">
      <Ways />
      <Section title="Stations" action={<Filters label="As whom" name="as" choices={roles} />}>
        <Listed />
      </Section>
      <Estimate />
    </PracticePage>
  )
}

function Listed() {
  const as = useFilter('as', 'any')
  const role = roles.find(({ value }) => value === as && value !== 'any')?.value as Result['role'] | undefined
  return (
    <DataList
      label="Stations"
      op={listResults}
      input={role ? { role } : {}}
      empty={<Nothing role={role} />}
      row={(result) => <ResultRow {...result} />}
    />
  )
}

type Result = OutputOf<typeof listResults>['items'][number]

export function ResultRow({ session_id, round, case_name, category, role, began_at, with: partner, ...how }: Result) {
  return (
    <Link to="/practice/results/$session/$round" params={{ session: session_id, round: `${round}` }}>
      <span className="result-what">
        <span className="result-case">{case_name}</span>
        <span className="result-says">
          {category} · {saidOf(role, partner?.name)} · <When at={began_at} kind="soon" />
        </span>
      </span>
      <CameOut {...how} role={role} />
    </Link>
  )
}

function CameOut({
  format,
  type,
  reached,
  rating,
  handed_in,
  role,
}: Pick<Result, 'format' | 'type' | 'reached' | 'rating' | 'handed_in' | 'role'>) {
  const { items } = useRead(listFormats, {})
  if (rating !== null)
    return (
      <span className="result-rating">
        <span className="result-none">Overall:</span> {items.find(({ id }) => id === format)?.rating[rating] ?? rating + 1}
      </span>
    )
  if (type === 'review') return <span className="result-none">Talked through</span>
  if (reached !== 'feedback' && !(role !== 'candidate' && handed_in)) return <span className="result-none">Stopped early</span>
  return <span className="result-none">Not handed in</span>
}

/** As whom, and with whom, in a few words. */
function saidOf(role: Result['role'], name: string | undefined): string {
  if (role === 'alone') return 'you alone'
  return `you as the ${role === 'candidate' ? 'candidate' : 'patient'}, with ${name || 'somebody'}`
}

const Nothing = ({ role }: { role: Result['role'] | undefined }) => (
  <Empty
    action={
      <span className="result-acts">
        <Button variant="default" component={Link} to="/practice">
          Find a partner
        </Button>
        <Button variant="default" component={Link} to="/practice/alone">
          Practise alone
        </Button>
      </span>
    }
  >
    {role
      ? 'Nothing yet in this part. Each station you play is kept here with its sheet.'
      : 'Nothing yet. Each station you play is kept here with its sheet: what was done, what was missed, and what you wrote to each other.'}
  </Empty>
)

const roles = [
  { value: 'any', label: 'All' },
  { value: 'candidate', label: 'Candidate' },
  { value: 'actor', label: 'Patient' },
  { value: 'alone', label: 'Alone' },
]
