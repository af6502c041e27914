import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTopic } from '#platform/live/web/use-topic.ts'
import { listNotices, markRead } from '#platform/notices/api.ts'
import { useNow } from '#platform/scheduling/web/now.ts'
import { useReached } from '#platform/web/connection.ts'
import { useMe } from '#platform/web/me.ts'
import { Card } from '#platform/web/parts/card.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { listPracticeSessions } from '../../api/sessions.ts'
import { listWishes } from '../../api/wishes.ts'
import { useMyZone, whenIn } from './clocks.ts'
import { opensBefore, useOther, type Mine } from './mine.tsx'
import { Proposed } from './proposed.tsx'

/** What is to be done now: a station that runs, a room that is open, an answer that somebody waits for. Where nothing is planned, the first step. */
export function PracticeToday() {
  return useReached() ? <Now /> : null // people's names and words are not kept for a time without a connection
}

function Now() {
  const { items } = useRead(listPracticeSessions, { when: 'to_come', limit: 5 })
  const { proposals, items: wishes } = useRead(listWishes, {})
  const now = useNow()
  useChanges()
  const due = items.filter(({ starts_at, guest, phase }) => phase !== 'scheduled' || (guest && Date.parse(starts_at) - opensBefore <= now))
  const answers = proposals.filter(({ agreed }) => !agreed)
  if (items.length === 0 && wishes.length === 0) return <Nothing />
  return (
    <>
      {due.map((session) => (
        <Due key={session.id} session={session} now={now} />
      ))}
      <Taken sessions={items.filter((session) => !due.includes(session))} />
      {answers.map((proposal) => (
        <Proposed key={proposal.id} proposal={proposal} />
      ))}
    </>
  )
}

// By one's own topic: what is planned, moved or off, and what one is told.
function useChanges(): void {
  const client = useQueryClient()
  const again = () => {
    for (const { path } of [listPracticeSessions, listWishes]) void client.invalidateQueries({ queryKey: [path] })
  }
  useTopic(useMe().id, { 'scheduling.changed': again, 'notices.told': again, reset: again })
}

function Due({ session, now }: { session: Mine; now: number }) {
  const other = useOther(session)
  const runs = session.phase !== 'scheduled'
  return (
    <Card
      title={runs ? 'Your station' : 'Your practice session'}
      live={runs ? 'Under way' : 'The room is open'}
      lead={`${other}. ${whenIn(useMyZone(), session.starts_at, session.minutes, now)}`}
      actions={
        <Button component={Link} to={`/practice/sessions/${session.id}`}>
          {runs ? 'Go back in' : 'Check in'}
        </Button>
      }
    />
  )
}

/** Somebody took a seat I offered, and I have not seen it yet. */
function Taken({ sessions }: { sessions: Mine[] }) {
  const { items: notices } = useRead(listNotices, {})
  return notices
    .filter(({ kind, read_at }) => kind === 'practice.seat-taken' && read_at === null)
    .map(({ id, leads_to }) => {
      const session = sessions.find((session) => session.guest && leads_to === `/practice/sessions/${session.id}`)
      return session && <HasCome key={id} session={session} notice={id} />
    })
}

function HasCome({ session, notice }: { session: Mine; notice: string }) {
  const read = useAct(by(markRead), { refreshes: [listNotices] })
  return (
    <Card
      title="Somebody took your seat"
      lead={`${useOther(session)}. ${whenIn(useMyZone(), session.starts_at, session.minutes, useNow())}`}
      actions={
        <>
          <Button variant="default" component={Link} to={`/practice/sessions/${session.id}`} onClick={() => read.run({ id: notice })}>
            See it
          </Button>
          <Button variant="subtle" onClick={() => read.run({ id: notice })} loading={read.busy}>
            Seen
          </Button>
        </>
      }
    />
  )
}

const Nothing = () => (
  <Section title="Practice" lead="No session is planned. See who looks for a partner, or offer a time yourself.">
    <Button component={Link} to="/practice" variant="default">
      Find a partner
    </Button>
  </Section>
)
