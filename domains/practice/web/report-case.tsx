import { listMyReports, report } from '#platform/safety/api.ts'
import { kinds, type Kind } from '#platform/safety/web/kinds.ts'
import { safetyWords } from '#platform/safety/web/words.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { ChoiceField, LongField } from '#platform/web/parts/fields.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'

/** A button: something is wrong with a case. About its text and nobody in particular, so it names no person. */
export function ReportCase({ id }: { id: string }) {
  const act = useAct(by(report), {
    refreshes: [listMyReports],
    onDone: () => say('Reported. You are told when somebody has looked at it'),
  })
  return (
    <Confirm
      verb="Report this case"
      says="The people who run this place look at it. Whoever wrote it does not learn that it was you."
      act={act}
      words={safetyWords}
      into={({ kind, words = '' }) => ({ subject_kind: 'practice.case', subject_id: id, kind: kind as Kind, words })}
    >
      <ChoiceField name="kind" label="What it is" choices={ofACase.map((kind) => ({ value: kind, label: kinds[kind] }))} />
      <LongField
        name="words"
        label="What is wrong, and where"
        help="In your own words. Never enter details of a real patient."
        maxLength={2_000}
        optional
      />
    </Confirm>
  )
}

const ofACase = ['unsafe_advice', 'privacy', 'hate', 'sexual', 'other'] as const satisfies Kind[]
