import { Link } from '@tanstack/react-router'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Chip } from './chip.tsx'
import type { Concern } from './system-concerns.ts'

export const Concerns = ({ concerns }: { concerns: Concern[] }) => (
  <Rows label="To see to">
    {concerns.map(({ is, says, to, link }) => (
      <Row key={says}>
        <div className="says">
          <p>
            <Chip is={is}>{is === 'bad' ? 'Now' : 'Soon'}</Chip>
          </p>
          <p className="says-what">{says}</p>
        </div>
        {to && <Link to={to}>{link}</Link>}
      </Row>
    ))}
  </Rows>
)
