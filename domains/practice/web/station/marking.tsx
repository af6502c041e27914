import { useEffect, useEffectEvent, useState } from 'react'
import { Button, Checkbox } from '@mantine/core'
import { UnsentThings } from '#platform/live/web/unsent-things.tsx'
import { call } from '#platform/operations/call.ts'
import { Refused } from '#platform/web/parts/refused.tsx'
import { useAct, useRead } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import { listDomains, listFormats } from '../../api/library.ts'
import { moveOn, readSession } from '../../api/sessions.ts'
import { readResult } from '../../api/results.ts'
import { readSheet, submitSheet } from '../../api/sheet.ts'
import { Estimate } from '../estimate.tsx'
import { NoRealPatient } from '../no-real-patient.tsx'
import { asSeen } from './as-seen.ts'
import { otherOf } from './people.ts'
import { Scale } from './scale.tsx'
import { SheetAsMarked } from './as-marked.tsx'
import { useKept } from './use-kept.ts'
import { useSheet, type Marks } from './use-sheet.ts'
import type { Session } from './use-session.ts'
import './marking.css'

/** The sheet while it is marked: dense, and each mark saved as it is made. Once handed in it is as the candidate reads it. */
export function Marking({ session }: { session: Session }) {
  const marks = useSheet(session)
  if (marks.sheet.submitted_at)
    return session.phase === 'feedback' ? (
      <SheetAsMarked session={session} />
    ) : (
      <p>The sheet is handed in. The feedback begins with the bell.</p>
    )
  const alone = session.role === 'alone'
  return (
    <div className="marking">
      <h2 className="marking-whom">{alone ? 'Mark yourself' : `Mark ${otherOf(session).name}`}</h2>
      <p className="station-quiet">
        {alone ? 'You mark yourself, and it is called so wherever it is shown. ' : ''}Each mark is saved as you make it.
      </p>
      <Checklist marks={marks} />
      <Scales session={session} marks={marks} />
      <UnsentThings {...marks.queue} unsent={marks.queue.unsent.filter(({ refused }) => refused)} show={() => <p>A mark of yours</p>} />
      <HandIn session={session} marks={marks} />
    </div>
  )
}

function Checklist({ marks: { sheet, ticked, tick } }: { marks: Marks }) {
  const { items } = useRead(listDomains, {})
  return [...Map.groupBy(sheet.checklist, ({ domain }) => domain)].map(([domain, lines]) => (
    <fieldset key={domain} className="marking-domain">
      <legend>{items.find(({ key }) => key === domain)?.name ?? domain}</legend>
      {lines.map(({ id, words, safety_critical }) => (
        <Checkbox
          key={id}
          className="marking-item"
          label={
            <>
              {words}
              {safety_critical && <span className="marking-critical">Safety-critical</span>}
            </>
          }
          checked={ticked(id)}
          onChange={({ currentTarget: { checked } }) => tick(id, checked)}
        />
      ))}
    </fieldset>
  ))
}

function Scales({ session: { format }, marks: { points, score } }: { session: Session; marks: Marks }) {
  const { items } = useRead(listFormats, {})
  const { items: domains } = useRead(listDomains, {})
  const scales = items.find(({ id }) => id === format)?.scales ?? []
  return (
    <>
      <h3 className="marking-part">How it was, overall in each skill</h3>
      {scales.map(({ domain, points: words }) => (
        <Scale
          key={domain}
          label={domains.find(({ key }) => key === domain)?.name ?? domain}
          words={words}
          chosen={points(domain)}
          choose={(place) => score(domain, place)}
        />
      ))}
    </>
  )
}

type Last = { rating: number | null; words: string }
const nothingYet: Last = { rating: null, words: '' }

/** The last of it, and it is given to the other one. */
function HandIn({ session, marks }: { session: Session; marks: Marks }) {
  const { id, round, role, format, phase } = session
  const { items } = useRead(listFormats, {})
  const shape = items.find((one) => one.id === format)
  const [last, write, forget] = useKept(`${id}:${round}:last`, nothingYet)
  const [pressed, setPressed] = useState<'too early' | 'whole'>()
  const act = useAct(handIn, { refreshes: [readSheet, readResult, readSession], onDone: forget })
  const running = phase === 'running' || phase === 'reading'
  const alone = role === 'alone'
  const unrated = (shape?.scales ?? []).filter(({ domain }) => marks.points(domain) === undefined).length
  const missing = [
    unrated > 0 && `${unrated} of the skills above ${unrated === 1 ? 'has' : 'have'} no word yet.`,
    last.rating === null && 'The overall rating is missing.',
  ].filter(Boolean)
  const sending = marks.queue.unsent.some(({ refused }) => !refused)
  const whole = pressed === 'whole' && missing.length === 0
  // After the last mark, and not beside it: a sheet that is in takes none any more.
  const send = useEffectEvent(() => {
    setPressed(undefined)
    act.run({ session, rating: last.rating!, words: last.words.trim() })
  })
  useEffect(() => {
    if (whole && !sending) send() // oxlint-disable-line react/set-state-in-effect -- when the last mark has gone is known outside of React
  }, [whole, sending])
  if (running) return <p className="station-quiet">The overall rating, words and handing in come when the time is over.</p>
  return (
    <>
      <Scale
        label="Overall"
        words={shape?.rating ?? []}
        chosen={last.rating ?? undefined}
        choose={(rating) => write({ ...last, rating })}
      />
      <div className="marking-words">
        <label className="input-label" htmlFor="sheet-words">
          {alone ? 'What will you do differently?' : 'In your own words'}
        </label>
        <textarea
          id="sheet-words"
          name="sheet-words"
          maxLength={4_000}
          rows={4}
          aria-describedby="sheet-words-say"
          value={last.words}
          onChange={({ currentTarget: { value } }) => write({ ...last, words: value })}
        />
        <p id="sheet-words-say" className="station-quiet">
          {alone
            ? 'Only you read it.'
            : `One thing that was good, and one to do differently. ${otherOf(session).name} reads it, and may show the sheet to others: without your name.`}
        </p>
        <NoRealPatient />
      </div>
      {act.refusal && <Refused error={act.refusal} />}
      {pressed === 'too early' && missing.length > 0 && (
        <p className="refused" role="alert">
          {missing.join(' ')}
        </p>
      )}
      {whole && sending && <p className="station-quiet">Your last marks are being sent, and the sheet after them.</p>}
      <Button loading={act.busy || whole} onClick={() => setPressed(missing.length > 0 ? 'too early' : 'whole')}>
        {alone ? 'Keep this sheet' : phase === 'marking' ? 'Hand in and go on to the feedback' : 'Hand the sheet in'}
      </Button>
      <Estimate />
    </>
  )
}

type Whole = { session: Session; rating: number; words: string }
async function handIn({ session, rating, words }: Whole): Promise<void> {
  const { id, version, round, phase } = session
  await call(submitSheet, { id, round: round!, rating, words })
  if (phase !== 'marking') return
  try {
    await asSeen(moveOn, session)({ id, version, phase: 'feedback' })
  } catch (error) {
    if (!overtaken.has(refusalIn(error as Error)?.code ?? '')) throw error
  }
}
// The bell was quicker, or the clock is paused: the sheet is in, which is what was asked for.
const overtaken = new Set(['phase_out_of_order', 'session_has_changed', 'clock_is_paused'])
