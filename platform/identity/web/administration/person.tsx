import { Link, useParams } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { seePerson } from '#platform/identity/administration/api.ts'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useRead } from '#platform/web/read.ts'
import { AdministrationPage } from './administration-page.tsx'
import { Chip } from './chip.tsx'
import { ActsOnPerson } from './person-acts.tsx'
import { ForReason, keepReason } from './reason.tsx'

export function PersonPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  return <ForReason title="One person">{(reason) => <Seen id={id} reason={reason} />}</ForReason>
}

function Seen({ id, reason }: { id: string; reason: string }) {
  const person = useRead(seePerson, { id, reason })
  const { name, email, zone, confirmed_at, created_at, last_sign_in_at, suspended_at, administrator, second_factors, sessions } = person
  return (
    <AdministrationPage
      title={name || 'Somebody without a name'}
      above={<Link to="/administration/people">People</Link>}
      lead={
        <span className="beside">
          <span>Recorded as seen, because: “{reason}”.</span>
          <Button variant="subtle" size="compact-sm" onClick={() => keepReason('')}>
            Say another reason
          </Button>
        </span>
      }
    >
      <Section title="Account" action={<Link to={`/administration/audit?person=${id}`}>What is on record</Link>}>
        <dl className="administration-facts">
          <dt>State</dt>
          <dd className="chips">
            {suspended_at ? <Chip is="bad">Suspended</Chip> : <Chip is="good">Active</Chip>}
            {administrator && <Chip is="good">Administrator</Chip>}
            {!confirmed_at && <Chip is="warn">Address not confirmed</Chip>}
          </dd>
          <dt>Address</dt>
          <dd>{email ?? 'none'}</dd>
          <dt>Time zone</dt>
          <dd>{zone ?? 'not said'}</dd>
          <dt>Here since</dt>
          <dd>
            <When at={created_at} kind="date" />
          </dd>
          <dt>Last sign-in</dt>
          <dd>{last_sign_in_at ? <When at={last_sign_in_at} /> : 'never'}</dd>
          <dt>Second factor</dt>
          <dd>{second_factors === 0 ? 'none' : 'an authenticator'}</dd>
          <dt>Number</dt>
          <dd>
            <code>{id}</code>
          </dd>
        </dl>
      </Section>
      <Section title="Signed in on">
        {sessions.length === 0 ? (
          <p className="quiet">No device.</p>
        ) : (
          <Rows label="Devices">
            {sessions.map(({ id: session, device, created_at: since, aal }) => (
              <Row key={session}>
                <span>{device}</span>
                <span className="quiet">
                  since <When at={since} />
                  {aal === 'aal2' && ', with a second factor'}
                </span>
              </Row>
            ))}
          </Rows>
        )}
      </Section>
      <ActsOnPerson person={person} />
    </AdministrationPage>
  )
}
