import { Suspense, useDeferredValue } from 'react'
import { Button } from '@mantine/core'
import { listCases } from '#domains/practice/api/library.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { useList } from '#platform/web/read.ts'
import { useWho } from '#platform/web/me.ts'
import { PracticePage } from '../tabs.tsx'
import { type Asked, useAsked } from './asked.ts'
import { CaseRow } from './case-row.tsx'
import { Narrow } from './narrow.tsx'
import { YourCases } from './your-cases.tsx'
import './library.css'

export function Cases() {
  const [asked, ask] = useAsked()
  const me = useWho()
  const known = me !== null && me !== 'pending'
  return (
    <PracticePage
      title="Cases"
      lead="One of you is the doctor, the other the patient, who also marks. For rehearsal, not clinical guidance."
      action={known && <YourCases />}
    >
      <Narrow asked={asked} ask={ask} known={known} />
      <Suspense fallback={<Skeleton shape="rows" lines={6} />}>
        <Found asked={asked} clear={() => ask({})} />
      </Suspense>
    </PracticePage>
  )
}

// What was found before stays until something else is.
function Found({ asked, clear }: { asked: Asked; clear: () => void }) {
  const typed = JSON.stringify(asked)
  const wanted = useDeferredValue(typed)
  const { items, more, loading } = useList(listCases, inputOf(JSON.parse(wanted) as Asked))
  return (
    <div aria-busy={typed !== wanted}>
      <output className="library-found">
        {more ? `The first ${items.length} cases` : items.length === 1 ? '1 case' : `${items.length} cases`}
      </output>
      {items.length === 0 ? (
        wanted === '{}' ? (
          <Empty>The library is empty. Whoever runs this place can load the cases that come with it.</Empty>
        ) : (
          <Empty
            action={
              <Button variant="default" onClick={clear}>
                Show all cases
              </Button>
            }
          >
            No case is called that and fits all you have chosen. Names give nothing away: search for what somebody might see from the door.
          </Empty>
        )
      ) : (
        <Rows label="Cases">
          {items.map((item) => (
            <Row key={item.id}>
              <CaseRow {...item} />
            </Row>
          ))}
        </Rows>
      )}
      {more && (
        <Button variant="default" onClick={more} loading={loading}>
          Show more
        </Button>
      )}
    </div>
  )
}

const inputOf = ({ search = '', category, skill, level, format, only }: Asked) => ({
  ...(search.trim() && { search: search.trim().slice(0, 80) }),
  ...(category && { category }),
  ...(skill && { domain: skill }),
  ...(level && { level: level as 'any' }),
  ...(format && { format }),
  ...(only === 'new' && { fresh: 'yes' as const }),
  ...(only === 'reviewed' && { reviewed: 'yes' as const }),
})
