import { useState, type ReactNode } from 'react'
import { Button } from '@mantine/core'
import { useMe } from '#platform/web/me.ts'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Sheet } from '#platform/web/parts/sheet.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { agreeClock, askClock, beginClock, declineClock, nextPhase, resumeClock, stopClock } from '../api.ts'
import type { Showing } from '../clock.ts'
import { ClockFace, titled } from './clock-face.tsx'
import { inWords, useServerTime, useShowing } from './clock-state.ts'
import { nameOf } from './tiles.tsx'
import type { Room } from './use-room.ts'

type Clock = NonNullable<Room['clock']>
export type ClockProps = { room: Room; clock: Clock; take: (room: Room) => void; announce: (text: string) => void }

/** The clock on the wall, and whoever keeps time turns it. */
export function ClockBar(props: ClockProps) {
  return useServerTime() ? <Running {...props} /> : <div className="clock" />
}

function Running({ room, clock, take, announce }: ClockProps) {
  const shown = useShowing(clock)
  const [opened, setOpened] = useState(false)
  const acts = useClockActs(room, clock, take)
  return (
    <ClockFace clock={clock} announce={announce}>
      {room.me.keeps_time && shown.is === 'set' && (
        <Button loading={acts.begin.busy} onClick={() => acts.begin.run(acts.now)}>
          Begin
        </Button>
      )}
      {room.me.keeps_time && shown.is === 'paused' && (
        <Button loading={acts.resume.busy} onClick={() => acts.resume.run(acts.now)}>
          Go on
        </Button>
      )}
      {room.me.keeps_time && (shown.is === 'running' || shown.is === 'paused') && (
        <Button variant="default" onClick={() => setOpened(true)} aria-label="Turn the clock">
          Clock
        </Button>
      )}
      <Sheet opened={opened && 'phase' in shown} onClose={() => setOpened(false)} title="Clock" at="middle">
        {'phase' in shown && <ClockActs room={room} clock={clock} shown={shown} acts={acts} />}
      </Sheet>
      {!opened && acts.refusal && <Refused error={acts.refusal} />}
    </ClockFace>
  )
}

function useClockActs(room: Room, clock: Clock, take: (room: Room) => void) {
  const doing = { onDone: take }
  const [begin, ask, agree, decline, resume, next, stop] = [
    useAct(by(beginClock), doing),
    useAct(by(askClock), doing),
    useAct(by(agreeClock), doing),
    useAct(by(declineClock), doing),
    useAct(by(resumeClock), doing),
    useAct(by(nextPhase), doing),
    useAct(by(stopClock), doing),
  ]
  const all = [begin, ask, agree, decline, resume, next, stop]
  return {
    begin,
    ask,
    agree,
    decline,
    resume,
    next,
    stop,
    now: { id: room.id, version: clock.version },
    refusal: all.find(({ refusal }) => refusal)?.refusal,
    forget: () => all.forEach(({ forget }) => forget()),
  }
}
type Acts = ReturnType<typeof useClockActs>

function ClockActs({ room, clock, shown, acts }: { room: Room; clock: Clock; shown: Extract<Showing, { phase: number }>; acts: Acts }) {
  const { ask, next, stop, now } = acts
  const others = room.others.filter(({ state, keeps_time }) => state === 'inside' && keeps_time)
  const agreed = others.length > 0
  const { phase, is, ends } = shown
  const by = clock.plan[phase - 1]!.by
  const mayGoOn = by.length === 0 || by.includes(room.me.role)
  const then = clock.plan[phase]
  const asked = clock.ask?.by === room.me.person ? clock.ask : undefined
  return (
    <div className="clock-acts">
      <p>
        {agreed ? 'A pause, and more time, need both of you: you ask, the other agrees.' : 'Nobody else here keeps time, so it is yours.'}
      </p>
      {acts.refusal && <Refused error={acts.refusal} />}
      {is === 'running' && ends !== null && !asked && (
        <div className="clock-buttons">
          <Button variant="default" loading={ask.busy} onClick={() => (acts.forget(), ask.run({ ...now, phase, what: 'pause' }))}>
            {agreed ? 'Ask for a pause' : 'Pause'}
          </Button>
          {[60, 300].map((seconds) => (
            <Button
              key={seconds}
              variant="default"
              loading={ask.busy}
              onClick={() => (acts.forget(), ask.run({ ...now, phase, what: 'extend', seconds }))}
            >
              {agreed ? `Ask for ${inWords(seconds * 1_000)} more` : `${titled(inWords(seconds * 1_000))} more`}
            </Button>
          ))}
        </div>
      )}
      {asked && <p>{waitsFor(asked)} The other has not answered yet.</p>}
      <div className="clock-buttons">
        {is === 'running' && (
          <Button disabled={!mayGoOn} loading={next.busy} onClick={() => (acts.forget(), next.run({ ...now, phase }))}>
            {then ? `Go on to ${then.name}` : 'End this phase'}
          </Button>
        )}
        <Button variant="danger" loading={stop.busy} onClick={() => (acts.forget(), stop.run(now))}>
          Stop the clock
        </Button>
      </div>
      {is === 'running' && !mayGoOn && <p className="clock-quiet">From here goes on: {by.join(' or ')}.</p>}
    </div>
  )
}

type Ask = NonNullable<Clock['ask']>
const waitsFor = ({ what, seconds }: Ask) =>
  what === 'pause' ? 'You have asked for a pause.' : `You have asked for ${inWords((seconds ?? 0) * 1_000)} more.`

/** What somebody has asked of the clock, in front of everybody who can answer. */
export function AskOfClock({ room, clock, take }: Omit<ClockProps, 'announce'>): ReactNode {
  const acts = useClockActs(room, clock, take)
  const me = useMe()
  const { ask } = clock
  if (!ask) return acts.refusal && <Refused error={acts.refusal} />
  const mine = ask.by === me.id
  const who = mine ? 'You' : nameOf(room.others.find(({ person }) => person === ask.by) ?? { name: '' })
  const what = ask.what === 'pause' ? 'a pause' : `${inWords((ask.seconds ?? 0) * 1_000)} more`
  return (
    <fieldset className="banner" aria-label="Asked of the clock">
      <p>{mine ? `You have asked for ${what}. It counts once the other agrees.` : `${who} asks for ${what}.`}</p>
      {!mine && room.me.keeps_time && (
        <Button loading={acts.agree.busy} onClick={() => acts.agree.run(acts.now)}>
          Agree
        </Button>
      )}
      {room.me.keeps_time && (
        <Button variant="default" loading={acts.decline.busy} onClick={() => acts.decline.run(acts.now)}>
          {mine ? 'Take it back' : 'Decline'}
        </Button>
      )}
      {acts.refusal && <Refused error={acts.refusal} />}
    </fieldset>
  )
}
