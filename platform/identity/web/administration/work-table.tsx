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
                {['Job', 'Waits', 'Tried again', 'Runs', 'Done, last hour', 'Failed, last day', 'Waits since'].map((name, column) => (
                  <th key={name} scope="col" className={column > 0 && column < 6 ? 'number' : undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {jobs.map(({ name, waiting, again, running, done, failed, oldest_at }) => (
                <tr key={name}>
                  <td>{name}</td>
                  <Figure value={waiting} />
                  <Figure value={again} />
                  <Figure value={running} />
                  <Figure value={done} />
                  <Figure value={failed} />
                  <td>{oldest_at ? <When at={oldest_at} kind="ago" /> : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Section>
  )
}

const Figure = ({ value }: { value: number }) => <td className={value === 0 ? 'number zero' : 'number'}>{value.toLocaleString('en-GB')}</td>

function saysOf(jobs: { waiting: number; again: number; running: number }[]): string {
  const sum = (of: 'waiting' | 'again' | 'running') => jobs.reduce((total, job) => total + job[of], 0)
  const [waits, runs] = [sum('waiting') + sum('again'), sum('running')]
  if (waits + runs === 0) return 'Nothing waits.'
  return `${waits} ${waits === 1 ? 'waits' : 'wait'}, ${runs} ${runs === 1 ? 'runs' : 'run'}.`
}
