import { Link } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { listFormats } from '#domains/practice/api/library.ts'
import { listShown } from '#domains/practice/api/shares.ts'
import { useTopic } from '#platform/live/web/use-topic.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useMe } from '#platform/web/me.ts'
import { useRead } from '#platform/web/read.ts'
import { Estimate } from '../estimate.tsx'
import { PracticePage } from '../tabs.tsx'
import { Ways } from './ways.tsx'
import './history.css'

export function ShownToMe() {
  return (
    <PracticePage title="Shown to you" lead="Results that others chose to show you, for as long as they do.">
      <Ways />
      <Listed />
      <Estimate />
    </PracticePage>
  )
}

function Listed() {
  const client = useQueryClient()
  useTopic(useMe().id, { 'practice.shares-changed': () => void client.invalidateQueries({ queryKey: [listShown.path] }) })
  const { items } = useRead(listShown, {})
  const formats = useRead(listFormats, {}).items
  if (items.length === 0)
    return <Empty>Nobody shows you a result at the moment. Whoever does tells you so, and it stands here until they take it back.</Empty>
  return (
    <Rows label="Results shown to you">
      {items.map(({ id, from, case_name, format, rating, began_at }) => (
        <Row key={id}>
          <Link to="/practice/results/shared/$id" params={{ id }}>
            <span className="result-what">
              <span className="result-case">{from.name}</span>
              <span className="result-says">
                {case_name} · <When at={began_at} kind="soon" />
              </span>
            </span>
            {rating !== null && (
              <span className="result-rating">{formats.find(({ id }) => id === format)?.rating[rating] ?? rating + 1}</span>
            )}
          </Link>
        </Row>
      ))}
    </Rows>
  )
}
