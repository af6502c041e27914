import { Button } from '@mantine/core'
import { listCaseNotes, noteOnCase, takeBackNote } from '#domains/practice/api/authors.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { LongField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct, useRead } from '#platform/web/read.ts'

/** What those who write and check a case say to each other about it. */
export function Notes({ id }: { id: string }) {
  const act = useAct(by(noteOnCase), { refreshes: [listCaseNotes], onDone: () => say('The others are told that there is something') })
  return (
    <Section title="What we say about it" lead="Read by those who write and check this case, and by nobody else.">
      <Said id={id} />
      <Form act={act} submit="Say it" variant="default" clears into={({ words = '' }) => ({ id, words })}>
        <LongField name="words" label="To the others" help="Never enter details of a real patient." maxLength={2_000} />
      </Form>
    </Section>
  )
}

function Said({ id }: { id: string }) {
  const { items } = useRead(listCaseNotes, { id })
  if (items.length === 0) return null
  return (
    <ol className="case-notes" aria-label="What we say about it">
      {items.map((note) => (
        <Note key={note.id} {...note} />
      ))}
    </ol>
  )
}

function Note({ id, name, part, mine, words, edition, written_at }: OutputOf<typeof listCaseNotes>['items'][number]) {
  const act = useAct(by(takeBackNote), { refreshes: [listCaseNotes], onDone: () => say('Taken back') })
  return (
    <li>
      <p className="case-note-words">{words}</p>
      <p className="case-says">
        {mine ? 'You' : name || 'Somebody without a name'}, who{' '}
        {mine ? (part === 'author' ? 'write it' : 'check it') : part === 'author' ? 'writes it' : 'checks it'}, of edition {edition},{' '}
        <When at={written_at} kind="ago" />
        {mine && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={act.busy}
            onClick={() => act.run({ id })}
            aria-label={`Take back: ${words.slice(0, 40)}`}
          >
            Take back
          </Button>
        )}
      </p>
      {act.refusal && <Refused error={act.refusal} />}
    </li>
  )
}
