import { Button } from '@mantine/core'
import { Page } from '#platform/web/parts/page.tsx'
import { Person } from '#platform/web/parts/person.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import type { Being } from './use-room.ts'
import './waiting.css'

/** Nobody is sent away by a lost line: the place here is a row of the server's. */
export function Waiting({ being: { room, leave } }: { being: Being }) {
  const there = room.others.some(({ state }) => state === 'inside')
  return (
    <Page
      title="You are in the waiting room"
      lead="Nobody sees or hears you yet. When you are let in, a sound tells you, and the call begins."
    >
      {room.others.length > 0 && (
        <Rows label="Who can let you in">
          {room.others.map(({ person, name, state }) => (
            <Row key={person}>
              <Person name={name} says={state === 'inside' ? 'Is there, and knows that you wait' : 'Is not there yet'} />
            </Row>
          ))}
        </Rows>
      )}
      <output className="waiting-says">
        {there
          ? 'Somebody who can let you in is there. It can take a little while if they are with somebody else.'
          : 'You keep your place while this window is open, also when your connection is lost for a moment.'}
      </output>
      <Button variant="default" onClick={leave}>
        Stop waiting
      </Button>
    </Page>
  )
}
