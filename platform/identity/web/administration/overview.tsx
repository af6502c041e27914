import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { readSystem } from '#platform/operations/api.ts'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'
import { AdministrationPage } from './administration-page.tsx'
import { Concerns } from './concern-list.tsx'
import { concernsOf, counted } from './system-concerns.ts'

export const Overview = () => (
  <AdministrationPage title="Administration" lead="What waits for you here. Every act takes a reason, and is on record.">
    <HowThingsAre />
  </AdministrationPage>
)

function HowThingsAre() {
  const system = useRead(readSystem, {})
  const { reports, jobs, audit, administrators, version } = system
  const concerns = concernsOf(system)
  return (
    <>
      {concerns.length > 0 && (
        <Section title="To see to">
          <Concerns concerns={concerns} />
        </Section>
      )}
      <Section title="How things are">
        <Rows label="How things are">
          <Row>
            <Link to="/administration/reports" search={{ state: reports.open === 0 && reports.mine > 0 ? 'in_work' : undefined }}>
              <Line what="Reports">{reportsSay(reports)}</Line>
            </Link>
          </Row>
          <Row>
            <Link to="/administration/jobs">
              <Line what="Jobs">
                {jobs.dead_letters === 0
                  ? 'No job has failed for good. '
                  : `${counted(jobs.dead_letters, 'failed job waits', 'failed jobs wait')} to be retried. `}
                {jobs.counted_at ? (
                  <>
                    Counted <When at={jobs.counted_at} kind="ago" />.
                  </>
                ) : (
                  'Nobody has counted yet.'
                )}
              </Line>
            </Link>
          </Row>
          <Row>
            <Link to="/administration/audit">
              <Line what="Audit">
                {audit.waiting === 0
                  ? 'Everything on record is sealed.'
                  : `${counted(audit.waiting, 'entry waits', 'entries wait')} to be sealed.`}
              </Line>
            </Link>
          </Row>
          <Row>
            <Link to="/administration/people">
              <Line what="People">
                {administrators.length === 1 ? 'You alone administrate.' : `${administrators.length} people administrate.`}
              </Line>
            </Link>
          </Row>
          <Row>
            <Link to="/administration/system">
              <Line what="System">
                Version {version}, running since <When at={system.started_at} />.
              </Line>
            </Link>
          </Row>
        </Rows>
      </Section>
    </>
  )
}

const Line = ({ what, children }: { what: string; children: ReactNode }) => (
  <span className="how">
    <span className="quiet">{what}</span>
    <span>{children}</span>
  </span>
)

function reportsSay({ open, mine }: { open: number; mine: number }): string {
  const hands = mine === 0 ? '' : ` ${counted(mine, 'is', 'are')} in your hands.`
  return `${open === 0 ? 'No report waits.' : `${counted(open, 'report waits', 'reports wait')} for somebody to take ${open === 1 ? 'it' : 'them'}.`}${hands}`
}
