import { listMyReports } from '#platform/safety/api.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { kinds } from './kinds.ts'
import './my-reports.css'

export function MyReports() {
  return (
    <DataList
      label="What you reported"
      op={listMyReports}
      input={{}}
      empty={<Empty>You have reported nothing. Wherever somebody goes too far, you can tell us.</Empty>}
      row={({ kind, words, state, reported_at, closed_at }) => (
        <>
          <span className="my-report">
            {kinds[kind]}
            {words && <span className="row-says">{words}</span>}
          </span>
          <span>
            {states[state]}
            <span className="row-says">
              {closed_at ? 'Closed' : 'Since'} <When at={closed_at ?? reported_at} kind="date" />
            </span>
          </span>
        </>
      )}
    />
  )
}

const states = { open: 'Waits for us', in_work: 'Being looked at', closed: 'Looked at' }
