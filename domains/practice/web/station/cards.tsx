import { lazy, Suspense, type ReactNode } from 'react'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { read } from '#platform/web/read.ts'
import { seeCase } from '../../api/library.ts'
import { listRounds } from '../../api/rounds.ts'
import { CaseText } from '../case-text.tsx'
import { BehindNote } from './may-distress.tsx'
import { otherOf } from './people.ts'
import { useTexts } from './use-texts.ts'
import type { Session } from './use-session.ts'

const ReportCase = lazy(async () => ({ default: (await import('../report-case.tsx')).ReportCase }))

/** What one goes by: the candidate their card, the patient theirs. */
export function Card({ session }: { session: Session }) {
  const texts = useTexts(session)
  if (session.role === 'actor') return <ActorsCard session={session} texts={texts} />
  return (
    <>
      <p className="station-kind">{session.role === 'alone' ? 'Your card' : 'Your card as the candidate'}</p>
      <Named session={session}>
        <CaseText words={texts.candidate_brief ?? ''} />
      </Named>
    </>
  )
}

function ActorsCard({ session, texts }: { session: Session; texts: ReturnType<typeof useTexts> }) {
  return (
    <>
      <p className="station-kind">You play the patient</p>
      <Named session={session}>
        {texts.condition && (
          <p className="station-condition">
            <b>Behind it:</b> {texts.condition}
          </p>
        )}
        <CaseText words={texts.actor_brief ?? ''} />
        <details className="station-more">
          <summary>What {otherOf(session).name} reads</summary>
          <CaseText words={texts.candidate_brief ?? ''} />
        </details>
      </Named>
    </>
  )
}

/** Afterwards: both cards. */
export function Briefs({ session }: { session: Session }) {
  const { candidate_brief = '', actor_brief = '' } = useTexts(session)
  return (
    <>
      <h2>The candidate’s card</h2>
      <CaseText words={candidate_brief} />
      <h2>The patient’s card</h2>
      <CaseText words={actor_brief} />
    </>
  )
}

export function Markscheme({ session }: { session: Session }) {
  const { condition, markscheme = '', actor_brief } = useTexts(session)
  return (
    <>
      <h2>Markscheme</h2>
      {condition && (
        <p className="station-condition">
          <b>Behind it:</b> {condition}
        </p>
      )}
      <CaseText words={markscheme} />
      {session.role === 'alone' && actor_brief && (
        <details className="station-more">
          <summary>What the patient would have told</summary>
          <CaseText words={actor_brief} />
        </details>
      )}
      {session.case_id && (
        <Suspense>
          <ReportCase id={session.case_id} />
        </Suspense>
      )}
    </>
  )
}

/** Its name is neutral and gives nothing away. What may distress is said, and read, before the card. */
function Named({ session: { id, round, case_id }, children }: { session: Session; children: ReactNode }) {
  const rounds = read(listRounds, { session: id })
  // Asked anew with each round.
  const { data } = useSuspenseQuery({ ...rounds, queryKey: [...rounds.queryKey, round] as never }) as { data: OutputOf<typeof listRounds> }
  const { items } = data
  const { data: listed, isLoading } = useQuery(read(seeCase, { id: case_id! })) // a case that was withdrawn meanwhile is played on
  const note = listed?.content_note
  return (
    <>
      <h2>{items.find((one) => one.round === round)?.case_name ?? 'The case'}</h2>
      {listed && !listed.review && <p className="station-quiet">Not clinically reviewed. For rehearsal, not for care.</p>}
      {isLoading ? (
        <Skeleton lines={6} />
      ) : note ? (
        <BehindNote case_id={case_id!} note={note}>
          <p className="station-quiet">May distress: {note}</p>
          {children}
        </BehindNote>
      ) : (
        children
      )}
    </>
  )
}
