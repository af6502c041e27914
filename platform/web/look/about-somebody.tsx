import { BlockPerson } from '#platform/safety/web/block-person.tsx'
import { ReportPerson } from '#platform/safety/web/report-person.tsx'
import { Row, Rows } from '../parts/list.tsx'
import { Person } from '../parts/person.tsx'
import { Section } from '../parts/section.tsx'

// It is meant: whoever presses does it, to Jonas and Daniel of the demo world (platform/demo/cast.ts). The last is nobody, and so refused.
const met = [
  { id: '0dec0de0-0000-4000-8000-000000000002', name: 'Jonas Lindqvist' },
  { id: '0dec0de0-0000-4000-8000-000000000007', name: '' },
  { id: '0dec0de0-0000-4000-8000-00000000dead', name: 'Somebody who is gone' },
]

export const AboutSomebody = () => (
  <Section title="About somebody" lead="Wherever one meets somebody: keep them away, or tell us about them.">
    <Rows label="People one meets">
      {met.map(({ id, name }) => (
        <Row key={id}>
          <Person name={name} />
          <span className="look-line">
            <ReportPerson id={id} name={name} />
            <BlockPerson id={id} name={name} />
          </span>
        </Row>
      ))}
    </Rows>
  </Section>
)
