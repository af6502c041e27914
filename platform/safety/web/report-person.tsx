import { listMyReports, report } from '#platform/safety/api.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { ChoiceField, LongField } from '#platform/web/parts/fields.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { kinds, type Kind } from './kinds.ts'
import { safetyWords } from './words.ts'

/** A button: report somebody, or something of theirs. */
export function ReportPerson({
  id,
  name,
  subject = { kind: 'person', id },
  onDone,
}: {
  id: string
  name: string
  subject?: { kind: string; id: string }
  onDone?: () => void
}) {
  const act = useAct(by(report), {
    refreshes: [listMyReports],
    onDone: () => {
      say('Reported. You are told when somebody has looked at it')
      onDone?.()
    },
  })
  return (
    <Confirm
      verb="Report"
      says={`Tell the people who run this place about ${name || 'this person'}. ${name || 'This person'} does not learn that it was you.`}
      act={act}
      words={safetyWords}
      into={({ kind, words = '' }) => ({
        person_id: id,
        subject_kind: subject.kind,
        subject_id: subject.id,
        kind: kind as Kind,
        words,
      })}
    >
      <ChoiceField name="kind" label="What it is" choices={Object.entries(kinds).map(([value, label]) => ({ value, label }))} />
      <LongField
        name="words"
        label="What happened"
        help="In your own words. Leave out what concerns patients."
        maxLength={2_000}
        optional
      />
    </Confirm>
  )
}
