import { listMyCases, readCaseInWork, signCase, unsignCase } from '#domains/practice/api/authors.ts'
import { seeCase } from '#domains/practice/api/library.ts'
import { useMe } from '#platform/web/me.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { ChoiceField, TextField, TickField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'

/** A clinician stands for what a case says now, by name and for a time. */
export function Sign({ id, edition }: { id: string; edition: number }) {
  const me = useMe()
  const act = useAct(by(signCase), {
    refreshes: [readCaseInWork, listMyCases, seeCase],
    onDone: () => say('Signed. Those who wrote it are told'),
  })
  return (
    <div className="case-sign">
      <h3>Sign it</h3>
      <p>
        You are asked to check this case. Your name stands beside it in the library until the date you choose, or until a word of it
        changes. What is wrong with it, say to those who write it below, and wait for the next edition.
      </p>
      <Form
        act={act}
        submit={`Sign edition ${edition}`}
        into={({ named_as = '', months }) => ({ id, edition, named_as, review_by: inMonths(Number(months)) })}
      >
        <TextField
          name="named_as"
          label="Named as"
          help="As it shall stand beside the case: your name, and what you are. Everybody sees it."
          defaultValue={me.name}
          maxLength={120}
        />
        <ChoiceField name="months" label="To be looked at again" choices={terms} defaultValue="12" />
        <TickField name="clinician" label="I am a clinician, and have read all of it against present guidance." />
      </Form>
    </div>
  )
}

export function TakeBack({ id }: { id: string }) {
  const act = useAct(by(unsignCase), { refreshes: [readCaseInWork, listMyCases, seeCase], onDone: () => say('Taken back') })
  return (
    <Confirm
      verb="Take back my signature"
      says="The case stays where it is and says again that it is not clinically reviewed. Those who write it and who administrate are told. You can sign it again."
      act={act}
      into={() => ({ id })}
    />
  )
}

const terms = [
  { value: '6', label: 'in half a year' },
  { value: '12', label: 'in a year' },
  { value: '24', label: 'in two years' },
  { value: '36', label: 'in three years' },
]

// A calendar day of UTC, as the database has it; at the end of a month it may be a few days later, and three years hold one day more than that.
function inMonths(months: number): string {
  const day = new Date()
  day.setUTCMonth(day.getUTCMonth() + months)
  if (months === 36) day.setUTCDate(day.getUTCDate() - 1)
  return day.toISOString().slice(0, 10)
}
