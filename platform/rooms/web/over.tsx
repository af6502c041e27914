import type { ReactNode } from 'react'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Page } from '#platform/web/parts/page.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Person } from '#platform/web/parts/person.tsx'
import { ReportPerson } from '#platform/safety/web/report-person.tsx'
import type { Being, Step } from './use-room.ts'
import './over.css'

/** After the call, in whichever way it ended: what it means, and what can be done now. */
export function Over({ being: { room, step, enter }, onwards }: { being: Being; onwards?: ReactNode }) {
  const { title, says, back } = ends[step as keyof typeof ends]
  return (
    <Page title={title} lead={says}>
      <div className="over-buttons">
        {back && <Button onClick={enter}>{back}</Button>}
        {onwards ?? <Link to="/today">To Today</Link>}
      </div>
      {step !== 'elsewhere' && room.others.length > 0 && (
        <section className="over-people" aria-label="If something was not right">
          <p>If somebody went too far, you can tell us. They do not learn that it was you.</p>
          <Rows label="Who was in the room with you">
            {room.others.map(({ person, name }) => (
              <Row key={person}>
                <Person name={name} />
                <ReportPerson id={person} name={name} subject={{ kind: 'rooms.room', id: room.id }} />
              </Row>
            ))}
          </Rows>
        </section>
      )}
    </Page>
  )
}

const ends = {
  left: {
    title: 'You have left',
    says: 'The others know that you have gone. While the room is open you can come back.',
    back: 'Come back',
  },
  closed: {
    title: 'This conversation is over',
    says: 'The room is closed. What was said in it, written ones too, is kept nowhere.',
    back: '',
  },
  elsewhere: {
    title: 'You are in this call in another window',
    says: 'One person has one place. If you want to be here instead, the other window hands over.',
    back: 'Bring the call here',
  },
  'put out': { title: 'You are not in this room any more', says: 'Your place here has ended. You are seen and heard by nobody.', back: '' },
} satisfies Partial<Record<Step, object>>
