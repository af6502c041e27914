import { Link } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { listMyCases } from '#domains/practice/api/authors.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { useMe } from '#platform/web/me.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'
import { PracticePage } from '../tabs.tsx'
import '../library/library.css'
import './authors.css'

type Mine = OutputOf<typeof listMyCases>['items'][number]

export const MyCases = () => (
  <PracticePage
    title="Cases I write or check"
    above={<Link to="/practice/cases">All cases</Link>}
    lead="A case comes into the library when a clinician has signed it and an administrator has published it."
    action={
      <Button component={Link} to="/practice/cases/new">
        Write a case
      </Button>
    }
  >
    <Lists />
  </PracticePage>
)

function Lists() {
  const { items } = useRead(listMyCases, {})
  const { administrator } = useMe()
  const checked = items.filter(({ part }) => part === 'reviewer')
  const written = items.filter(({ part }) => part === 'author')
  return (
    <>
      {administrator && (
        <p>
          <Link to="/practice/cases/desk">What waits for an administrator</Link>
        </p>
      )}
      {checked.length > 0 && <List title="To check" items={checked} />}
      {written.length > 0 && <List title="Written by me" items={written} />}
      {items.length === 0 && (
        <Empty>
          Nothing yet. Write a case from what you have seen, changed until nobody could know whom it is about; or wait until somebody asks
          you to check theirs.
        </Empty>
      )}
    </>
  )
}

const List = ({ title, items }: { title: string; items: Mine[] }) => (
  <Section title={title}>
    <Rows label={title}>
      {items.map((one) => (
        <Row key={one.id}>
          <Link to={`/practice/cases/${one.id}/whole`} className="case-row">
            <span className="case-row-what">
              <span className="case-name">{one.case_name}</span>
              <span className="case-says">
                {one.category} · since <When at={one.since} kind="date" />
              </span>
            </span>
            <span className="case-state" data-is={one.part === 'reviewer' && !one.signed ? 'due' : undefined}>
              {stateOf(one)}
            </span>
          </Link>
        </Row>
      ))}
    </Rows>
  </Section>
)

function stateOf({ part, signed, published_at, reviewed, review_wanted_at }: Mine): string {
  if (part === 'reviewer') return signed ? 'You have signed it' : 'Waits for you'
  if (published_at) return reviewed ? 'In the library' : 'In the library, due to be checked again'
  if (reviewed) return 'Signed; an administrator publishes it'
  return review_wanted_at ? 'Waits to be checked' : 'Draft'
}
