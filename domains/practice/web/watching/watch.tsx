import { Suspense, useMemo } from 'react'
import { Button } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useAnnouncer } from '#platform/rooms/web/announcer.ts'
import { ClockFace } from '#platform/rooms/web/clock-face.tsx'
import { useServerTime } from '#platform/rooms/web/clock-state.ts'
import { RoomLater } from '#platform/rooms/web/room-later.tsx'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { listWatched, readObserverLink, stopWatching } from '../../api/watching.ts'
import { CaseText } from '../case-text.tsx'
import { clockOf, opensAt } from '../station/phases.ts'
import { useTexts } from '../station/use-texts.ts'
import { PracticePage } from '../tabs.tsx'
import { useWatched, type Watched } from './use-watched.ts'
import '../station/station.css'

/** A session of two others: asked for, agreed to, in the room, over. */
export function Watch() {
  const { id } = useParams({ strict: false }) as { id: string }
  return <Life key={id} id={id} />
}

function Life({ id }: { id: string }) {
  const watched = useWatched(id)
  if (!watched) return <NotYours />
  const { room, phase, cancelled_at, ended_at, now } = watched
  if (cancelled_at || ended_at)
    return <Page watched={watched} says={cancelled_at ? 'This session was withdrawn.' : 'This session is over.'} />
  if (room === null)
    return (
      <Page watched={watched} says="You have asked to watch. As soon as both agree, this page says so.">
        <Enough watched={watched} verb="Ask no longer" />
      </Page>
    )
  if (phase === 'scheduled' && Date.parse(now) < opensAt(watched))
    return (
      <Page
        watched={watched}
        says={
          <>
            Both agree. The room opens <When at={new Date(opensAt(watched)).toISOString()} kind="soon" />; this page says so by itself.
          </>
        }
      >
        <Enough watched={watched} verb="Do not watch" />
      </Page>
    )
  return (
    <RoomLater
      key={room}
      id={room}
      kind="You watch"
      title={namesOf(watched)}
      clock={<WatchedClock watched={watched} />}
      beside={
        <Suspense fallback={<Skeleton lines={6} />}>
          {phase === 'scheduled' ? <BeforeTheBell /> : <Texts key={watched.round} watched={watched} />}
        </Suspense>
      }
      onwards={<Link to="/practice">Practice</Link>}
    />
  )
}

const NotYours = () => (
  <PracticePage title="You do not watch this session">
    <Empty
      action={
        <Button component={Link} to="/practice">
          Find a partner
        </Button>
      }
    >
      You were never asked in, or one of the two would rather be by themselves. It is no judgement of you.
    </Empty>
  </PracticePage>
)

const namesOf = ({ host_name, guest_name }: Watched) => `${host_name ?? 'Somebody'} and ${guest_name ?? 'somebody'}`

function Page({ watched, says, children }: { watched: Watched; says: React.ReactNode; children?: React.ReactNode }) {
  return (
    <PracticePage title={`Watching ${namesOf(watched)}`} lead={<When at={watched.starts_at} />}>
      <p>{says}</p>
      {children}
    </PracticePage>
  )
}

function Enough({ watched: { id }, verb }: { watched: Watched; verb: string }) {
  const navigate = useNavigate()
  const act = useAct(by(stopWatching), {
    refreshes: [listWatched, readObserverLink],
    onDone: () => void navigate({ to: '/practice', replace: true }),
  })
  return <Confirm verb={verb} says="With the link you can ask again." act={act} into={() => ({ id })} />
}

function WatchedClock({ watched }: { watched: Watched }) {
  const known = useServerTime()
  const clock = useMemo(() => clockOf(watched), [watched])
  const { said, announce } = useAnnouncer()
  if (!clock) return <p className="clock-says">The clock starts with the first bell.</p>
  if (!known) return <div className="clock" />
  return (
    <>
      <ClockFace clock={clock} announce={announce} stays />
      <output className="unseen">{said}</output>
    </>
  )
}

const BeforeTheBell = () => (
  <section className="station-panel" aria-label="What you will see">
    <p>You watch and listen. With the first bell you read what the candidate reads, and when the feedback begins, all of it.</p>
    <p>You mark nothing, and you see no marks. Turn your microphone off while they play.</p>
  </section>
)

function Texts({ watched }: { watched: Watched }) {
  const { candidate_brief, actor_brief, condition, markscheme } = useTexts(watched)
  const { candidate, host_name, guest_name } = watched
  return (
    <section className="station-panel" aria-label="What is open">
      <p className="station-kind">{(candidate === 'host' ? host_name : guest_name) ?? 'The candidate'} reads</p>
      <h2>The candidate’s card</h2>
      <CaseText words={candidate_brief ?? ''} />
      {actor_brief && (
        <>
          <h2>The patient’s card</h2>
          <p className="station-condition">
            <b>Behind it:</b> {condition}
          </p>
          <CaseText words={actor_brief} />
          <h2>Markscheme</h2>
          <CaseText words={markscheme ?? ''} />
        </>
      )}
    </section>
  )
}
