import { Link } from '@tanstack/react-router'
import { listCaseVersions } from '#domains/practice/api/authors.ts'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'

/** What a case said before, where it said something else. */
export function Versions({ id }: { id: string }) {
  const { items } = useRead(listCaseVersions, { id })
  const before = items.slice(1)
  if (before.length === 0) return null
  return (
    <Section title="What it said before">
      <Rows label="What it said before">
        {before.map(({ number, edition, written_at }) => (
          <Row key={number}>
            <Link to={`/practice/cases/${id}/versions/${number}`}>
              <span>
                Written <When at={written_at} />
              </span>
              <span className="case-state">Edition {edition}</span>
            </Link>
          </Row>
        ))}
      </Rows>
    </Section>
  )
}
