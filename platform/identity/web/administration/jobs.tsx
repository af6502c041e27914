import { listFailedJobs, readJobs, retryFailedJob } from '#platform/jobs/api.ts'
import { readSystem } from '#platform/operations/api.ts'
import { Button } from '@mantine/core'
import { Empty } from '#platform/web/parts/empty.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { AdministrationPage } from './administration-page.tsx'
import { WorkTable } from './work-table.tsx'

export function Jobs() {
  const retry = useAct(by(retryFailedJob), {
    refreshes: [listFailedJobs, readJobs, readSystem],
    onDone: () => say('Queued anew'),
  })
  return (
    <AdministrationPage
      title="Jobs"
      lead="Work for later: mails, copies, erasures, sweeps. What fails is tried again by itself, at growing intervals."
    >
      <Section title="Failed for good" lead="Tried as often as they may. Mend the cause, then retry: the job runs as if it were new.">
        {retry.refusal && <Refused error={retry.refusal} />}
        <DataList
          label="Failed jobs"
          op={listFailedJobs}
          input={{}}
          empty={<Empty>No job has failed for good.</Empty>}
          row={({ id, name, code, attempts, queued_at, failed_at }) => (
            <>
              <div className="says">
                <p className="says-what">
                  <strong>{name}</strong> failed with <code>{code}</code>
                </p>
                <p>
                  After {attempts === 1 ? 'one attempt' : `${attempts} attempts`}, <When at={failed_at} />; queued <When at={queued_at} />.
                </p>
              </div>
              <Button variant="default" onClick={() => retry.run({ id })} loading={retry.busy} aria-label={`Retry ${name}`}>
                Retry
              </Button>
            </>
          )}
        />
      </Section>
      <WorkTable />
    </AdministrationPage>
  )
}
