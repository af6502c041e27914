import { useState } from 'react'
import { Button, Checkbox } from '@mantine/core'
import { bellsAreOn, turnBells } from '#platform/rooms/web/bells.ts'
import { inWords } from '#platform/rooms/web/clock-state.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Edit } from '#platform/web/parts/edit.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { agreeToTheClock, askTheClock, declineTheClock, resumeTheClock } from '../../api/clock.ts'
import { endPracticeSession, readSession } from '../../api/sessions.ts'
import { OnBeforeTheBell } from './go-on.tsx'
import { Leave } from './leaving.tsx'
import { myId, otherOf } from './people.ts'
import type { Phase } from './phases.ts'
import type { Session } from './use-session.ts'
import './turn-clock.css'

const refreshing = { refreshes: [readSession] }

/** What can be done with the clock of a round. */
export function TurnClock({ session }: { session: Session }) {
  const ask = useAct(by(askTheClock), refreshing)
  const { id, version, partner, paused_at } = session
  const together = partner === 'person'
  const phase = session.phase as Phase
  const timed = session.plan?.[phase]?.seconds != null
  const mine = session.ask?.by === myId(session)
  return (
    <div className="turn">
      <p>
        {together
          ? 'The bells ring for both of you at once. A pause, and more time, need both of you: you ask, the other agrees.'
          : 'The bells ring by themselves. Nobody waits for you: pause when you like.'}
      </p>
      {ask.refusal && <Refused error={ask.refusal} />}
      {paused_at ? (
        <Resume session={session} />
      ) : (
        timed &&
        !mine && (
          <div className="turn-ways">
            <Button variant="default" loading={ask.busy} onClick={() => ask.run({ id, version, phase, what: 'pause' })}>
              {together ? 'Ask for a pause' : 'Pause'}
            </Button>
            {[60, 300].map((seconds) => (
              <Button
                key={seconds}
                variant="default"
                loading={ask.busy}
                onClick={() => ask.run({ id, version, phase, what: 'extend', seconds })}
              >
                {together ? 'Ask for ' : ''}
                {inWords(seconds * 1_000)} more
              </Button>
            ))}
          </div>
        )
      )}
      {mine && <p>You have asked. It counts once {otherOf(session).name} agrees.</p>}
      <Bells />
      <div className="turn-ways">
        {!paused_at && phase !== 'feedback' && <OnBeforeTheBell session={session} />}
        <Stop session={session} />
        {session.me === 'guest' && <Leave session={session} />}
      </div>
    </div>
  )
}

function Bells() {
  const [on, setOn] = useState(bellsAreOn)
  return (
    <Checkbox
      label="Bells are heard"
      description="They are always seen."
      checked={on}
      onChange={({ currentTarget: { checked } }) => {
        turnBells(checked)
        setOn(checked)
      }}
    />
  )
}

function Resume({ session: { id, version } }: { session: Session }) {
  const act = useAct(by(resumeTheClock), refreshing)
  return (
    <>
      {act.refusal && <Refused error={act.refusal} />}
      <Button loading={act.busy} onClick={() => act.run({ id, version })}>
        Go on
      </Button>
    </>
  )
}

/** What was asked of the clock, in front of whoever can answer; and that it stands still. */
export function AskedOfTheClock({ session }: { session: Session }) {
  const agree = useAct(by(agreeToTheClock), refreshing)
  const decline = useAct(by(declineTheClock), refreshing)
  const { id, version, ask, paused_at } = session
  if (paused_at)
    return (
      <fieldset className="banner" aria-label="Paused">
        <p>The clock stands still. When one of you goes on, everything to come moves by as long as you paused.</p>
        <Resume session={session} />
      </fieldset>
    )
  if (!ask) return null
  const mine = ask.by === myId(session)
  const what = ask.what === 'pause' ? 'a pause' : `${inWords((ask.seconds ?? 0) * 1_000)} more`
  const refusal = agree.refusal ?? decline.refusal
  return (
    <fieldset className="banner" aria-label="Asked of the clock">
      <p>
        {mine
          ? `You have asked for ${what}. It counts once ${otherOf(session).name} agrees.`
          : `${otherOf(session).name} asks for ${what}.`}
      </p>
      {!mine && (
        <Button loading={agree.busy} onClick={() => agree.run({ id, version })}>
          Agree
        </Button>
      )}
      <Button variant="default" loading={decline.busy} onClick={() => decline.run({ id, version })}>
        {mine ? 'Take it back' : 'Decline'}
      </Button>
      {refusal && <Refused error={refusal} />}
    </fieldset>
  )
}

/** Either may stop, at any time and without a reason. */
export function Stop({ session }: { session: Session }) {
  const act = useAct(by(endPracticeSession), refreshing)
  const { id, version, phase, partner } = session
  if (phase === 'feedback') return <Finish session={session} />
  const says = `The station ends here${partner === 'person' ? ' for both of you' : ''}. What is open now stays open; nothing else opens.`
  return <Confirm verb="Stop this session" says={says} act={act} into={() => ({ id, version })} />
}

/** Enough for today: nothing is lost by it, but it is the end of the call for the other one, too. */
export function Finish({ session }: { session: Session }) {
  const act = useAct(by(endPracticeSession), refreshing)
  const { id, version, partner } = session
  const says = `${partner === 'person' ? `It ends the session and the call for ${otherOf(session).name}, too. ` : ''}What is open now stays open to you in Progress.`
  return <Edit verb="Finish" submit="Finish" asks says={says} act={act} into={() => ({ id, version })} />
}
