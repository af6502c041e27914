import { Link } from '@tanstack/react-router'
import { listDomains } from '#domains/practice/api/library.ts'
import { readProgress } from '#domains/practice/api/progress.ts'
import { useReached } from '#platform/web/connection.ts'
import { Section } from '#platform/web/parts/section.tsx'
import { useRead } from '#platform/web/read.ts'

/** What to practise next, without a score: those stand beside their notice, under Progress. Nothing before a first sheet. */
export function PractiseNext() {
  return useReached() ? <Going /> : null // how somebody is marked is not kept for a time without a connection
}

function Going() {
  const { next } = useRead(readProgress, {})
  const { items } = useRead(listDomains, {})
  if (next.length === 0) return null
  const [first] = next.flatMap((one) => (one.case ? [one.case] : []))
  return (
    <Section title="How practice is going" action={<Link to="/practice/progress">Progress</Link>}>
      <p>
        Worth practising next: {next.map(({ domain }) => items.find(({ key }) => key === domain)?.name ?? domain).join(', ')}.
        {first && (
          <>
            {' '}
            A case that is new to you: <Link to={`/practice/cases/${first.id}`}>{first.case_name}</Link>
          </>
        )}
      </p>
    </Section>
  )
}
