import { Suspense, useState } from 'react'
import { Link } from '@tanstack/react-router'
import { findPeople } from '#platform/identity/administration/api.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Person } from '#platform/web/parts/person.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { useAct } from '#platform/web/read.ts'
import { AdministrationPage } from './administration-page.tsx'
import { Chip } from './chip.tsx'
import { keepReason, ReasonField } from './reason.tsx'

let lastSearch: { search: string; reason: string } | undefined // to come back to from one of them

export function People() {
  const [asked, setAsked] = useState(lastSearch)
  const find = useAct(async (search: { search: string; reason: string }) => {
    keepReason(search.reason)
    setAsked((lastSearch = search))
  })
  return (
    <AdministrationPage title="People" lead="Each search is recorded with your reason, though not what was searched for.">
      <div className="columns">
        <Form act={find} submit="Find people" into={({ search = '', reason = '' }) => ({ search: search.trim(), reason: reason.trim() })}>
          <TextField
            name="search"
            label="Name or address"
            help="A part of it is enough; nothing finds everybody."
            type="search"
            optional
            defaultValue={asked?.search}
          />
          <ReasonField />
        </Form>
      </div>
      {asked && (
        <Section title={asked.search ? `Found by “${asked.search}”` : 'Everybody'}>
          <Suspense fallback={<Skeleton />}>
            <DataList
              label="People"
              op={findPeople}
              input={asked}
              empty={<Empty>Nobody is called that or has such an address. Search by fewer letters.</Empty>}
              row={({ id, name, email, confirmed, administrator, suspended }) => (
                <Link to={`/administration/people/${id}`}>
                  <Person name={name} says={email ?? 'no address'} />
                  <span className="chips">
                    {administrator && <Chip is="good">Administrator</Chip>}
                    {suspended && <Chip is="bad">Suspended</Chip>}
                    {!confirmed && <Chip is="warn">Address not confirmed</Chip>}
                  </span>
                </Link>
              )}
            />
          </Suspense>
        </Section>
      )}
    </AdministrationPage>
  )
}
