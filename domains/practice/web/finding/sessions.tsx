import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Empty } from '#platform/web/parts/empty.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { listPracticeSessions } from '../../api/sessions.ts'
import { PracticePage } from '../tabs.tsx'
import { MineLink } from './mine.tsx'
import './find.css'

/** All sessions in which one has a seat. */
export function Sessions() {
  return (
    <PracticePage title="My sessions" lead="What you offered and where you took the seat. Your calendar has them, too." action={offer}>
      <Section title="To come">
        <DataList
          label="Sessions to come"
          op={listPracticeSessions}
          input={{ when: 'to_come' }}
          empty={<Empty action={find}>Nothing is planned. Take a free seat, or offer a session and be told when somebody comes.</Empty>}
          row={(session) => <MineLink session={session} />}
        />
      </Section>
      <Section title="Past and withdrawn">
        <DataList
          label="Past sessions"
          op={listPracticeSessions}
          input={{ when: 'past' }}
          empty={<Empty>What you have practised will stand here, with its sheets and what was said about it.</Empty>}
          row={(session) => <MineLink session={session} />}
        />
      </Section>
      <Link to="/practice/you">How you appear to others</Link>
    </PracticePage>
  )
}

const offer = (
  <Button component={Link} to="/practice/offer">
    Offer a session
  </Button>
)
const find = (
  <Button variant="default" component={Link} to="/practice">
    See the free seats
  </Button>
)
