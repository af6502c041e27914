import { useState } from 'react'
import { verifyAudit } from '#platform/audit/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { Chip } from './chip.tsx'
import { counted } from './system-concerns.ts'

type Stretch = OutputOf<typeof verifyAudit>

/** Whether the audit is whole: reckoned stretch by stretch, however long it is. */
export function Verification() {
  const [sealed, setSealed] = useState(0)
  const verify = useAct(async (noted: { noted?: string }): Promise<Stretch> => {
    let stretch = await by(verifyAudit)(noted)
    while (stretch.next !== null) {
      setSealed(stretch.sealed)
      stretch = await by(verifyAudit)({ ...noted, from: stretch.next })
    }
    return stretch
  })
  return (
    <Section
      title="Is it whole?"
      lead="Every entry is sealed into a chain. Reckoning the chain again shows whether one was changed, left out or put elsewhere."
    >
      <Form act={verify} submit="Verify the chain" into={({ noted = '' }) => (noted.trim() ? { noted: noted.trim() } : {})}>
        <details className="noted">
          <summary>Compare with a head you noted</summary>
          <p className="quiet">
            Whoever has every right in the database could write the whole chain anew; only a head noted elsewhere shows that.
          </p>
          <TextField
            name="noted"
            label="A head you noted"
            help="The log notes one every hour."
            optional
            pattern="\s*\d{1,15}:[0-9a-f]{64}\s*"
            autoComplete="off"
          />
        </details>
      </Form>
      <div className="chain-verdict" aria-live="polite">
        {verify.busy && sealed > 0 && <p className="quiet">{sealed.toLocaleString('en-GB')} entries checked so far.</p>}
        {!verify.busy && verify.done && <Verdict {...verify.done} />}
      </div>
    </Section>
  )
}

function Verdict({ sealed, head, broken, waiting }: Stretch) {
  if (broken)
    return (
      <>
        <Chip is="bad">Broken at position {broken.position.toLocaleString('en-GB')}</Chip>
        <p>
          {faults[broken.because]}{' '}
          {sealed === 0 ? 'Nothing before it is sealed.' : `The ${sealed.toLocaleString('en-GB')} before it are as they were written.`} Keep
          a backup as it is now, compare it with an older one, and ask who had every right in the database.
        </p>
      </>
    )
  return (
    <>
      {sealed > 0 && <Chip is="good">Whole</Chip>}
      <p>
        {sealed === 0
          ? 'Nothing is sealed yet, so there is nothing to verify.'
          : `${counted(sealed, 'sealed entry is as it was', 'sealed entries are as they were')} written, in the order in which they were sealed.`}{' '}
        {waiting > 0 && `${counted(waiting, 'entry waits for its seal', 'entries wait for their seal')}, which takes a second.`}
      </p>
      {sealed > 0 && (
        <p className="quiet">
          Its head is <code>{head}</code>. Note it elsewhere, and you can ask later whether the chain still leads there.
        </p>
      )}
    </>
  )
}

const faults = {
  entry_changed: 'The entry there, or its seal, is not what was sealed.',
  entry_missing: 'The entry there is missing.',
  seal_missing: 'The seal there is missing.',
  order_changed: 'The entries are not in the order in which they were sealed.',
  written_anew: 'The chain does not lead to the head you noted: it was written anew.',
}
