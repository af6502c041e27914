import type { ReactNode } from 'react'
import { Link } from '@tanstack/react-router'
import { readSystem } from '#platform/operations/api.ts'
import { useMe } from '#platform/web/me.ts'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Person } from '#platform/web/parts/person.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'
import { AdministrationPage } from './administration-page.tsx'
import { Concerns } from './concern-list.tsx'
import { concernsOf, counted, inBytes, type System as State } from './system-concerns.ts'

export const System = () => (
  <AdministrationPage title="System" lead={<HowItIs />}>
    <Facts />
  </AdministrationPage>
)

function HowItIs() {
  const concerns = concernsOf(useRead(readSystem, {}))
  return concerns.length === 0 ? 'Everything is as it should be.' : `${counted(concerns.length, 'thing needs', 'things need')} your care.`
}

function Facts() {
  const system = useRead(readSystem, {})
  const concerns = concernsOf(system)
  return (
    <>
      {concerns.length > 0 && (
        <Section title="To see to">
          <Concerns concerns={concerns} />
        </Section>
      )}
      <Section title="In plain words">
        <dl className="administration-facts">
          {factsOf(system).map(([what, says]) => (
            <Fact key={what} what={what}>
              {says}
            </Fact>
          ))}
        </dl>
      </Section>
      <Administrators {...system} />
    </>
  )
}

const Fact = ({ what, children }: { what: string; children: ReactNode }) => (
  <>
    <dt>{what}</dt>
    <dd>{children}</dd>
  </>
)

function factsOf({
  version,
  node,
  started_at,
  public_url,
  tls,
  personal,
  registration,
  database,
  disk,
  jobs,
  audit,
  mail,
}: State): [string, ReactNode][] {
  return [
    [
      'Version',
      <>
        Vivavoce {version} on Node {node.slice(1)}, running since <When at={started_at} />.
      </>,
    ],
    [
      'Address',
      <>
        <code>{public_url}</code>. {personal ? 'Only this machine reaches it.' : encrypted[tls]}
      </>,
    ],
    ['Who may join', joining[registration]],
    [
      'Database',
      `PostgreSQL ${database.version}, ${database.embedded ? 'which comes with Vivavoce' : 'of your own'}: ${inBytes(database.bytes)}, ${database.connections} of at most ${database.most_connections} connections.`,
    ],
    [
      'Migrations',
      <>
        All {database.steps} steps are applied
        {database.migrated_at && (
          <>
            , the last on <When at={database.migrated_at} kind="date" />
          </>
        )}
        .
      </>,
    ],
    [
      'Disk',
      <>
        {inBytes(disk.free)} of {inBytes(disk.size)} are free where files and keys are kept, in <code>{disk.folder}</code>.
      </>,
    ],
    [
      'Jobs',
      jobs.counted_at ? (
        <>
          Last counted <When at={jobs.counted_at} kind="ago" />.{' '}
          {jobs.dead_letters === 0
            ? 'None has failed for good.'
            : counted(jobs.dead_letters, 'has failed for good.', 'have failed for good.')}
        </>
      ) : (
        'Nobody has counted yet.'
      ),
    ],
    [
      'Audit',
      audit.waiting === 0 ? 'Everything on record is sealed.' : `${counted(audit.waiting, 'entry waits', 'entries wait')} for a seal.`,
    ],
    ['Mail', mailSays(mail)],
    [
      'Backups',
      <>
        Made by <code>npm run backup</code>, never by themselves, and this page cannot see whether anybody makes them. Put one on another
        machine every night, and try <code>npm run restore</code> once.
      </>,
    ],
  ]
}

function mailSays({ by, from, waiting }: State['mail']): ReactNode {
  if (by === 'smtp') return `Sent by your mail server as ${from}. ${waiting === 0 ? 'None waits.' : counted(waiting, 'waits.', 'wait.')}`
  if (by === 'nowhere') return 'No mail server is set. Each mail is given up as a failed job, and can be retried for a week.'
  return (
    <>
      No mail leaves this machine: whoever sits at it reads them in the <a href="/outbox">outbox</a>.
    </>
  )
}

const encrypted = {
  here: 'Connections are encrypted by this server.',
  proxy: 'Connections are encrypted by the proxy in front of it.',
  none: 'Connections are not encrypted.',
}
const joining = {
  open: 'Anybody may sign up.',
  invite: (
    <>
      Only people with an <Link to="/administration/invitations">invitation</Link>.
    </>
  ),
  closed: 'Nobody: only those who are here already sign in.',
}

function Administrators({ administrators }: State) {
  const me = useMe()
  return (
    <Section title="Administrators" action={<Link to="/administration/invitations">Invite one</Link>}>
      <Rows label="Administrators">
        {administrators.map(({ id, name, since, demo }) => (
          <Row key={id}>
            <Link to={`/administration/people/${id}`}>
              <Person
                name={name}
                says={[id === me.id ? 'you' : '', demo ? 'of the demo world' : ''].filter(Boolean).join(', ') || undefined}
              />
              <span className="quiet">
                since <When at={since} kind="date" />
              </span>
            </Link>
          </Row>
        ))}
      </Rows>
    </Section>
  )
}
