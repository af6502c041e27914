import { Link } from '@tanstack/react-router'
import { listCasesToSeeTo } from '#domains/practice/api/authors.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'
import { dayInWords } from '../library/in-words.ts'
import { PracticePage } from '../tabs.tsx'
import { Ask } from './ask.tsx'
import { Publish } from './publish.tsx'
import '../library/library.css'
import './authors.css'

type Waiting = OutputOf<typeof listCasesToSeeTo>['items'][number]

/** What waits for an administrator: no text of any case is here. */
export const Desk = () => (
  <PracticePage
    title="Cases that wait"
    above={<Link to="/practice/cases/mine">Cases I write or check</Link>}
    lead="A case is written, checked by a clinician who did not write it, and published by you. Every act takes a reason, and is on record."
  >
    <Waits />
  </PracticePage>
)

function Waits() {
  const { items } = useRead(listCasesToSeeTo, {})
  const waiting = states.filter(({ state }) => items.some((one) => one.state === state))
  if (waiting.length === 0) return <Empty>Nothing waits: no draft is being written, and no signature runs out within sixty days.</Empty>
  return waiting.map(({ state, title, lead }) => (
    <Section key={state} title={title} lead={lead}>
      <Rows label={title}>
        {items
          .filter((one) => one.state === state)
          .map((one) => (
            <Row key={one.id}>
              <Case {...one} />
            </Row>
          ))}
      </Rows>
    </Section>
  ))
}

function Case({ id, case_name, category, edition, state, since, authors, reviewers, named_as, review_by }: Waiting) {
  return (
    <>
      <span className="case-row-what">
        <Link to={`/practice/cases/${id}`} className="case-name">
          {case_name}
        </Link>
        <span className="case-says">
          {category} · {authors.length === 0 ? 'came with Vivavoce' : `by ${namesOf(authors)}`}
          {since && (
            <>
              {' '}
              · since <When at={since} kind="date" />
            </>
          )}
        </span>
        <span className="case-says">
          {reviewers.length === 0 ? 'Nobody is asked to check it' : `Asked to check it: ${namesOf(reviewers)}`}
          {named_as && review_by && `. Signed by ${named_as}, until ${dayInWords(review_by)}`}
        </span>
      </span>
      <span className="desk-acts">
        {state === 'signed' ? <Publish id={id} edition={edition} /> : <Ask id={id} to="review" />}
        {state === 'draft' && <Ask id={id} to="write" />}
      </span>
    </>
  )
}

const namesOf = (names: string[]) => names.map((name) => name || 'somebody without a name').join(', ')

const states = [
  { state: 'signed', title: 'Ready to be published', lead: 'A clinician has signed them as they now read.' },
  { state: 'wanted', title: 'Their authors wish a check', lead: 'Ask a clinician, by the address of their account.' },
  {
    state: 'lapses',
    title: 'Due to be checked again',
    lead: 'They are played. From that day on they say “not clinically reviewed” again.',
  },
  { state: 'draft', title: 'Being written', lead: undefined },
] as const
