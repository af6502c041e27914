import { readJobs } from '#platform/jobs/api.ts'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'

/** What there is to do, by the names of the jobs. */
export function WorkTable() {
  const { counted_at, jobs } = useRead(readJobs, {})
  return (
    <Section
      title="At work"
      lead={
        counted_at ? (
          <>
            {saysOf(jobs)} Counted <When at={counted_at} kind="ago" />.
          </>
        ) : (
          'Nobody has counted yet: that happens every quarter of a minute while a server runs.'
        )
      }
    >
      {jobs.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        <section className="figures" aria-label="Jobs by name" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Job</th>
                {figures.map(([, what]) => (
                  <th key={what} scope="col" className="number">
                    {what}
                  </th>
                ))}
                <th scope="col">{since}</th>
              </tr>
            </thead>
            <tbody>
              {jobs.map((job) => (
                <tr key={job.name}>
                  <th scope="row">{job.name}</th>
                  {figures.map(([figure, what]) => (
                    <td key={figure} data-what={what} className={job[figure] === 0 ? 'number zero' : 'number'}>
                      {job[figure].toLocaleString('en-GB')}
                    </td>
                  ))}
                  <td data-what={since} className={job.oldest_at ? undefined : 'zero'}>
                    {job.oldest_at ? <When at={job.oldest_at} kind="ago" /> : '–'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Section>
  )
}

const figures = [
  ['waiting', 'Waits'],
  ['again', 'Tried again'],
  ['running', 'Runs'],
  ['done', 'Done, last hour'],
  ['failed', 'Failed, last day'],
] as const
const since = 'Waits since'

function saysOf(jobs: { waiting: number; again: number; running: number }[]): string {
  const sum = (of: 'waiting' | 'again' | 'running') => jobs.reduce((total, job) => total + job[of], 0)
  const [waits, runs] = [sum('waiting') + sum('again'), sum('running')]
  if (waits + runs === 0) return 'Nothing waits.'
  return `${waits} ${waits === 1 ? 'waits' : 'wait'}, ${runs} ${runs === 1 ? 'runs' : 'run'}.`
}
