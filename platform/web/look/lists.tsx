import { Link } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { UnsentThings } from '#platform/live/web/unsent-things.tsx'
import type { Unsent } from '#platform/live/web/use-unsent.ts'
import { Card } from '../parts/card.tsx'
import { Empty } from '../parts/empty.tsx'
import { Filters, useFilter } from '../parts/filters.tsx'
import { Row, Rows } from '../parts/list.tsx'
import { Person } from '../parts/person.tsx'
import { Refused } from '../parts/refused.tsx'
import { Section } from '../parts/section.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { When } from '../parts/when.tsx'

const people = ['Amara Osei', 'Jonas Lindqvist', 'Dr Priya Raman', 'Łucja Żak']
const saturday = '2026-11-21T10:00:00Z'
const thursday = '2026-11-19T22:40:00Z'
const unsent = [
  { order: 1, words: 'I would stop the ramipril until the potassium is back.', refused: { status: 403, code: 'not_allowed' } },
  { order: 2, words: 'Shall we talk again on Saturday?' },
].map(({ words, ...thing }) => ({ ...thing, input: { words }, made_at: thursday }) as unknown as Unsent)

export function Lists() {
  const shown = useFilter('show', 'all')
  return (
    <>
      <Section title="Cards" lead="Only for what one can act on.">
        <div className="look-two">
          <Card
            title="Breathless on the ward"
            live="Starts in 4 minutes"
            lead="Practice station with Jonas Lindqvist. You are the candidate; he plays the patient and marks."
            actions={
              <>
                <Button>Check in</Button>
                <Button variant="default">See your brief</Button>
              </>
            }
          />
          <Card
            title="Worth another go"
            lead="Try asking for her reasons first."
            actions={<Button variant="default">Replay from there</Button>}
          />
        </div>
      </Section>
      <Section title="Rows" lead="Hairlines; J and K walk along them." action={<Button variant="default">Invite somebody</Button>}>
        <Filters
          label="Who is shown"
          name="show"
          choices={[
            { value: 'all', label: 'Everybody' },
            { value: 'nobody', label: 'Nobody' },
          ]}
        />
        {shown === 'nobody' ? (
          <Empty action={<Button variant="default">Invite somebody</Button>}>
            Here will be the people you practise with. Invite the first one.
          </Empty>
        ) : (
          <Rows label="People">
            {people.map((name) => (
              <Row key={name}>
                <Link to="/look">
                  <Person name={name} says="Practises on weekdays" />
                  <When at={saturday} zone="Asia/Kolkata" whose="Priya" />
                </Link>
              </Row>
            ))}
          </Rows>
        )}
        <Rows label="People with buttons">
          <Row>
            <Person name="Amara Osei" says="Since 3 June 2026" />
            <Button variant="default">Reschedule</Button>
          </Row>
        </Rows>
        <p>
          <Person name="Mr Daniel Whitlock" says="Patient" size="large" />
        </p>
      </Section>
      <Section title="On the way">
        <div className="look-two">
          <Skeleton lines={4} />
          <Skeleton shape="rows" lines={2} />
        </div>
        <Refused error={new TypeError('nobody answered')} />
      </Section>
      <Section title="Not sent yet" lead="Below what is: it survives a reload, and goes by itself.">
        <UnsentThings unsent={unsent} show={({ words }) => <p>{words as string}</p>} again={() => {}} drop={async () => {}} />
      </Section>
    </>
  )
}
