import { Link } from '@tanstack/react-router'
import { Quote } from '#platform/web/parts/quote.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { Checklist } from './checklist.tsx'
import { lineOf, partOf } from '#domains/practice/cases/part-of.ts'
import { Rated } from './rated.tsx'
import type { Result } from './result.tsx'

/** The sheet as it was handed in; or why there is none. */
export function AsMarked({ result, markscheme }: { result: Result; markscheme: string }) {
  const { checklist, marks, type } = result
  if (type === 'review' || checklist === null)
    return (
      <Section title="Talked through">
        <p>A case that is talked through is not marked.</p>
      </Section>
    )
  return (
    <>
      <Section
        title="How it was marked"
        lead={result.role === 'actor' ? 'It is about your partner: they may show it to whom they choose, without your name.' : undefined}
      >
        {result.rating === null ? <NotHandedIn {...result} /> : <Overall result={result} markscheme={markscheme} />}
      </Section>
      <Section
        title="The checklist"
        lead={marks ? undefined : 'The lines by which it is marked. Which were ticked is seen once the sheet is handed in.'}
      >
        <Checklist items={checklist} marks={marks} />
      </Section>
    </>
  )
}

const NotHandedIn = ({ role, session_id, with: partner }: Result) =>
  role === 'candidate' ? (
    <p>{partner?.name || 'Your partner'} has not handed the sheet in. It appears here as soon as they do.</p>
  ) : (
    <p>
      You have not handed this sheet in{role === 'actor' && ', so your partner does not see it'}.{' '}
      <Link to="/practice/sessions/$id" params={{ id: session_id }}>
        Finish it
      </Link>
    </p>
  )

const Overall = ({
  result: { format, rating, scores, words, role, with: partner },
  markscheme,
}: {
  result: Result
  markscheme: string
}) => (
  <>
    <Rated format={format} rating={rating!} scores={scores ?? {}} meant={(word) => lineOf(partOf(markscheme, 'Global rating'), word)} />
    {words && <Quote from={saidBy(role, partner?.name)}>{words}</Quote>}
  </>
)

const saidBy = (role: Result['role'], name: string | undefined) =>
  ({ candidate: `${name || 'Your partner'}, on the sheet`, actor: 'You, on the sheet', alone: 'You to yourself, on the sheet' })[role]
