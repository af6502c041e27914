import { Suspense } from 'react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { readAudit } from '#platform/audit/api.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { useAct } from '#platform/web/read.ts'
import { AdministrationPage } from './administration-page.tsx'
import { AuditEntry } from './audit-entry.tsx'
import { Verification } from './verification.tsx'

type Asked = { act?: string; person?: string }

export function Audit() {
  const { act, person } = useSearch({ strict: false }) as Asked
  const asked: Asked = { ...(act ? { act } : {}), ...(person ? { person } : {}) }
  const navigate = useNavigate()
  const filter = useAct(async (search: Asked) => navigate({ to: '/administration/audit', search: search }))
  return (
    <AdministrationPage title="Audit" lead="Who did what, about whom, and why. Reading it is on record, too.">
      <Verification />
      <Section
        title="Entries"
        lead={person && 'Only what this person did, and what was done about them.'}
        action={(act || person) && <Link to="/administration/audit">Show everything</Link>}
      >
        <div className="audit-filter">
          <Form
            key={`${act} ${person}`}
            act={filter}
            submit="Show"
            variant="default"
            into={({ act = '', person = '' }) => ({ ...(act ? { act } : {}), ...(person ? { person } : {}) })}
          >
            <TextField
              name="act"
              label="Act"
              help="In full, or its part: identity.suspended, identity"
              optional
              defaultValue={act}
              pattern="[a-z]+(\.[a-z0-9\-]+)?"
            />
            <TextField
              name="person"
              label="Person"
              help="By the number of their account"
              optional
              defaultValue={person}
              pattern="[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
            />
          </Form>
        </div>
        <Suspense fallback={<Skeleton lines={8} />} key={`${act} ${person}`}>
          <DataList
            label="Entries"
            op={readAudit}
            input={asked}
            empty={<Empty>Nothing of this kind is on record.</Empty>}
            row={(entry) => <AuditEntry {...entry} />}
          />
        </Suspense>
      </Section>
    </AdministrationPage>
  )
}
