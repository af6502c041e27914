import { lazy, Suspense, type ReactNode } from 'react'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { listFormats, seeCase } from '#domains/practice/api/library.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { useWho } from '#platform/web/me.ts'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'
import { AssignedHere } from '../groups/assigned-here.tsx'
import { ReportCase } from '../report-case.tsx'
import { PracticePage } from '../tabs.tsx'
import { lengthInWords } from '../words.ts'
import { What } from './case-row.tsx'
import { IfThere } from './if-there.tsx'
import { ReviewLine } from './review.tsx'
import './library.css'

const Administer = lazy(async () => ({ default: (await import('../authors/administer.tsx')).Administer }))

type Seen = OutputOf<typeof seeCase>

export const CasePage = () => (
  <IfThere>
    <Case />
  </IfThere>
)

function Case() {
  const { id } = useParams({ strict: false }) as { id: string }
  const seen = useRead(seeCase, { id })
  const { case_name, category, domain, level, content_note, author, file_version, published, review, part } = seen
  const me = useWho()
  const known = me !== null && me !== 'pending'
  const way = (to: string) => (known ? to : `/sign-up?next=${encodeURIComponent(to)}`)
  return (
    <PracticePage
      title={case_name}
      above={<Link to="/practice/cases">All cases</Link>}
      lead={<What category={category} skill={domain} level={level} />}
    >
      {content_note && (
        <p className="case-note">
          <b>Before you begin.</b> {content_note}
        </p>
      )}
      {!published && <p className="case-note">A draft: only those who write, check or administrate it see this page.</p>}
      <ReviewLine review={review} />
      {published && <Had {...seen} />}
      {known && published && <AssignedHere case_id={id} />}
      {published && (
        <div className="case-acts">
          {part !== 'author' && (
            <Button component={Link} to={way(`/practice/alone?case=${id}`)}>
              Play it alone
            </Button>
          )}
          <Button variant="default" component={Link} to={way(`/practice/offer?case=${id}`)}>
            Offer it to a partner
          </Button>
          {!known && <span className="case-acts-say">Both take an account, which is free.</span>}
        </div>
      )}
      {part && (
        <p>
          You {part === 'author' ? 'wrote this case' : 'are asked to check this case'}.{' '}
          <Link to={`/practice/cases/${id}/whole`}>Read all of it</Link>
        </p>
      )}
      <Section
        title="How it is played"
        lead="The doctor reads a short brief. The patient reads another, with an opening line, and marks by a list. Afterwards both see everything."
      >
        <dl className="case-facts">
          <Formats {...seen} />
          <Fact name="Written by">
            {author || 'Somebody here'}, version {file_version}
          </Fact>
        </dl>
      </Section>
      {known && (
        <Section
          title="Something wrong with it?"
          lead="Advice that may harm, a real person’s details, something that hurts: tell the people who run this place."
        >
          <ReportCase id={id} />
        </Section>
      )}
      {known && me.administrator && (
        <Suspense>
          <Administer id={id} published={published} />
        </Suspense>
      )}
    </PracticePage>
  )
}

function Had({ mine: { opened_at, as_candidate, as_actor, last_at } }: Seen) {
  const times = [
    as_candidate > 0 && `${counted(as_candidate)} as the candidate`,
    as_actor > 0 && `${counted(as_actor)} as the patient`,
  ].filter(Boolean)
  if (times.length === 0 || !last_at) return null
  return (
    <p className="case-had">
      You have had it {times.join(' and ')}, last on <When at={last_at} kind="date" />.
      {opened_at && as_candidate === 0 && ' You have read it, so it is no surprise as the candidate.'}
    </p>
  )
}

const counted = (times: number) => (times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`)

function Formats({ formats }: Seen) {
  const { items } = useRead(listFormats, {})
  const fitting = items.filter(({ id }) => formats.length === 0 || formats.includes(id))
  return (
    <Fact name="Formats">
      <ul className="case-formats">
        {fitting.map(({ id, name, phases }) => (
          <li key={id}>
            {name}
            <span className="case-says">{shapeOf(phases)}</span>
          </li>
        ))}
      </ul>
    </Fact>
  )
}

type Phases = OutputOf<typeof listFormats>['items'][number]['phases']
const shapeOf = (phases: Phases) => {
  const timed = phases.flatMap(({ phase, seconds }) => (seconds === null ? [] : [`${lengthInWords(seconds)} ${doing[phase]}`]))
  return timed.length === 0 ? 'No clock: it goes on when you say so' : timed.join(', ')
}
const doing = { reading: 'to read', running: 'in the room', marking: 'to mark', feedback: 'of feedback' }

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)
