import { Button } from '@mantine/core'
import { readResult, writeRemark } from '#domains/practice/api/results.ts'
import { ReportPerson } from '#platform/safety/web/report-person.tsx'
import { LongField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { Quote } from '#platform/web/parts/quote.tsx'
import { Rating } from '#platform/web/parts/rating.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { NoRealPatient } from '../no-real-patient.tsx'
import type { Result } from './result.tsx'

/** What the two write to each other afterwards. Who played alone has nobody to write to. */
export function Remarks({ result }: { result: Result }) {
  const { mine, theirs, write_until, with: partner, session_id, round } = result
  if (!write_until && !mine && !theirs) return null
  const name = partner?.name || 'Your partner'
  return (
    <Section title="What you say to each other">
      {theirs && (
        <div className="remark">
          <Quote from={name}>{theirs.words || 'No words.'}</Quote>
          {theirs.rating !== null && (
            <p>
              How you played the patient: <b>{ratings[theirs.rating - 1]}</b>, {theirs.rating} of {ratings.length}.
            </p>
          )}
          {partner && theirs.words && (
            <ReportPerson id={partner.id} name={name} subject={{ kind: 'practice.remark', id: `${session_id}/${round}` }} />
          )}
        </div>
      )}
      {write_until && <Write key={JSON.stringify(mine)} result={result} />}
      {mine && (
        <div className={write_until ? 'remark-on-paper' : undefined}>
          <Mine {...mine} />
        </div>
      )}
    </Section>
  )
}

const Mine = ({ words, rating }: NonNullable<Result['mine']>) => (
  <>
    {words && <Quote from="You">{words}</Quote>}
    {rating !== null && (
      <p>
        You said of how they played the patient: <b>{ratings[rating - 1]}</b>.
      </p>
    )}
  </>
)

function Write({ result: { session_id: session, round, role, mine, write_until, with: partner } }: { result: Result }) {
  const name = partner?.name || 'your partner'
  const write = useAct(by(writeRemark), { refreshes: [readResult], onDone: () => say('Sent') })
  const takeBack = useAct(by(writeRemark), { refreshes: [readResult], onDone: () => say('Taken back') })
  return (
    <div className="remark-form">
      <Form
        act={write}
        submit={mine ? 'Send it anew' : 'Send'}
        variant={mine ? 'default' : 'filled'}
        into={({ words = '', rating }) => ({ session, round, words, rating: rating ? Number(rating) : null })}
        beside={
          mine && (
            <Button variant="subtle" loading={takeBack.busy} onClick={() => takeBack.run({ session, round })}>
              Take it back
            </Button>
          )
        }
      >
        {role === 'candidate' && (
          <Rating
            name="rating"
            label="How was the patient played?"
            words={ratings}
            optional
            {...(mine?.rating && { defaultValue: mine.rating as 1 | 2 | 3 | 4 | 5 })}
          />
        )}
        <LongField
          name="words"
          label={`To ${name}`}
          help="What helped, what was missing. They read it as soon as you send it."
          maxLength={2_000}
          defaultValue={mine?.words}
          optional
        />
        <NoRealPatient />
      </Form>
      <p className="remark-until">
        You can write and change it until <When at={write_until!} kind="date" />.
      </p>
    </div>
  )
}

const ratings = ['Hard to work with', 'Uneven', 'Fair', 'Convincing', 'Like a real patient'] as const
