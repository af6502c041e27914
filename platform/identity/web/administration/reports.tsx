import { Suspense } from 'react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { listReports, takeReport } from '#platform/safety/api.ts'
import { readSystem } from '#platform/operations/api.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { AdministrationPage } from './administration-page.tsx'
import { Report } from './report.tsx'

export function Reports() {
  const { state = 'open' } = useSearch({ strict: false }) as { state?: State }
  const navigate = useNavigate()
  const take = useAct(by(takeReport), {
    refreshes: [listReports, readSystem],
    onDone: () => {
      void navigate({ to: '/administration/reports', search: { state: 'in_work' } })
      document.querySelector<HTMLElement>('main h1')?.focus() // the button that was pressed is gone
    },
  })
  return (
    <AdministrationPage
      title="Reports"
      lead="What people tell us about others, longest waiting first. That you looked is recorded. The reported never learn who told us."
    >
      <nav className="reports-filter" aria-label="Which reports">
        {states.map(([which, name]) => (
          <Link
            key={which}
            to="/administration/reports"
            search={{ state: which }}
            className="reports-choice"
            aria-current={which === state ? 'true' : undefined}
          >
            {name}
          </Link>
        ))}
      </nav>
      {take.refusal && <Refused error={take.refusal} />}
      <Suspense fallback={<Skeleton />} key={state}>
        <DataList
          label="Reports"
          op={listReports}
          input={{ state }}
          empty={<Empty>{nothing[state]}</Empty>}
          row={(report) => <Report {...report} take={take} />}
        />
      </Suspense>
    </AdministrationPage>
  )
}

type State = 'open' | 'in_work' | 'closed'
const states = [
  ['open', 'Waiting'],
  ['in_work', 'In work'],
  ['closed', 'Closed'],
] as const
const nothing = {
  open: 'No report waits. When somebody reports a person or something that was said, it appears here.',
  in_work: 'Nobody is working on a report. Take one that waits.',
  closed: 'No report has been closed yet.',
}
