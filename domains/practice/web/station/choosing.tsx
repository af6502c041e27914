import { useState } from 'react'
import { Button } from '@mantine/core'
import { Refused } from '#platform/web/parts/refused.tsx'
import { useAct, useRead, useUnderWay } from '#platform/web/read.ts'
import { seeCase } from '../../api/library.ts'
import { beginStation, chooseCase, chooseRoles, readSession } from '../../api/sessions.ts'
import { asSeen } from './as-seen.ts'
import { CasePicker } from './case-picker.tsx'
import { MayDistress } from './may-distress.tsx'
import { myId, otherOf } from './people.ts'
import type { Session } from './use-session.ts'
import './choosing.css'

const choosing = 'choosing for a station'

/** Who is the candidate. Either says it, and both see it. */
export function RoleChoice({ session }: { session: Session }) {
  const act = useAct(asSeen(chooseRoles, session), { refreshes: [readSession], called: choosing })
  const { id, version, candidate_id } = session
  const other = otherOf(session)
  const choices = [
    { who: myId(session), label: 'You', says: 'You read the candidate’s card, and are marked.' },
    ...(other.id ? [{ who: other.id, label: other.name, says: `You play the patient, and mark ${other.name}.` }] : []),
  ]
  const chosen = choices.find(({ who }) => who === candidate_id)
  return (
    <fieldset className="choosing" aria-describedby="choosing-says">
      <legend>Who is the candidate first?</legend>
      <div className="choosing-ways">
        {choices.map(({ who, label }) => (
          <label key={who} className="choosing-way">
            <input
              type="radio"
              name={`candidate-${id}`}
              checked={candidate_id === who}
              disabled={act.busy}
              onChange={() => act.run({ id, version, candidate_id: who })}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <p id="choosing-says" className="choosing-says">
        {chosen ? chosen.says : 'Still open. Either of you can say; you swap for the next station.'}
      </p>
      {act.refusal && <Refused error={act.refusal} />}
    </fieldset>
  )
}

/** Which case comes next. Unless somebody chooses one, it is drawn at the first bell. */
export function CaseChoice({ session }: { session: Session }) {
  const act = useAct(asSeen(chooseCase, session), { refreshes: [readSession], called: choosing })
  const [picking, setPicking] = useState(false)
  const { id, version, case_id, format } = session
  const choose = (chosen: string | null) => act.run({ id, version, case_id: chosen })
  return (
    <section className="choosing" aria-labelledby="case-choice">
      <h3 id="case-choice" className="choosing-title">
        The case
      </h3>
      {case_id === null ? (
        <p className="choosing-says">A surprise: drawn at the first bell, rather one that neither of you has opened.</p>
      ) : (
        <Chosen id={case_id} />
      )}
      <div className="choosing-acts">
        <Button variant="default" onClick={() => (act.forget(), setPicking(true))}>
          {case_id === null ? 'Choose a case' : 'Choose another'}
        </Button>
        {case_id !== null && (
          <Button variant="default" loading={act.busy} onClick={() => choose(null)}>
            Make it a surprise
          </Button>
        )}
      </div>
      {act.refusal && <Refused error={act.refusal} />}
      {picking && (
        <CasePicker
          format={format}
          close={() => setPicking(false)}
          pick={(chosen) => {
            setPicking(false)
            choose(chosen)
          }}
        />
      )}
    </section>
  )
}

function Chosen({ id }: { id: string }) {
  const { case_name, content_note } = useRead(seeCase, { id })
  return (
    <>
      <p className="choosing-case">{case_name}</p>
      {content_note && <MayDistress key={id} case_id={id} note={content_note} />}
    </>
  )
}

/** The first bell. A button that cannot be pressed says why. */
export function BeginStation({ session }: { session: Session }) {
  const act = useAct(asSeen(beginStation, session), { refreshes: [readSession] })
  const { id, version, candidate_id, guest } = session
  const stillChoosing = useUnderWay(choosing) // or it would ring with what was chosen before
  const why =
    guest === null
      ? 'Nobody sits across from you yet.'
      : candidate_id === null
        ? 'Say first who is the candidate.'
        : 'It rings for both of you at once.'
  return (
    <div className="choosing-begin">
      {act.refusal && <Refused error={act.refusal} />}
      <Button
        size="md"
        loading={act.busy}
        disabled={candidate_id === null || guest === null || stillChoosing}
        aria-describedby="begin-says"
        onClick={() => act.run({ id, version })}
      >
        Ring the first bell
      </Button>
      <p id="begin-says" className="choosing-says">
        {why}
      </p>
    </div>
  )
}
