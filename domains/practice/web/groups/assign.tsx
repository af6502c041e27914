import { Suspense, useDeferredValue, useState } from 'react'
import { Button, TextInput } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { dayOf, plusDays } from '#platform/scheduling/time.ts'
import { useNow } from '#platform/scheduling/web/now.ts'
import { Form } from '#platform/web/parts/form.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { assignCase, listGroups, readGroup } from '../../api/groups.ts'
import { listCases, seeCase } from '../../api/library.ts'
import { useMyZone } from '../finding/clocks.ts'
import { PracticePage } from '../tabs.tsx'
import { AssignmentFields, assignmentOf } from './fields.tsx'
import './groups.css'

/** First which case, then by when: the case stands in the address. */
export function Assign() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { case: chosen } = useSearch({ strict: false }) as { case?: unknown }
  return (
    <PracticePage
      title="Assign a case"
      above={
        <Link to="/practice/groups/$id" params={{ id }}>
          <GroupName id={id} />
        </Link>
      }
      lead="Everybody in the group is told. Who plays it is seen on the group’s page, not how it went."
    >
      {typeof chosen === 'string' ? <ByWhen group={id} chosen={chosen} /> : <Which group={id} />}
    </PracticePage>
  )
}

const GroupName = ({ id }: { id: string }) => useRead(readGroup, { id }).name

function Which({ group }: { group: string }) {
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search.trim())
  const { assignments } = useRead(readGroup, { id: group })
  return (
    <>
      <TextInput
        className="assign-search"
        type="search"
        label="Search by name"
        maxLength={80}
        autoComplete="off"
        value={search}
        onChange={({ currentTarget }) => setSearch(currentTarget.value)}
      />
      <Suspense fallback={<Skeleton shape="rows" lines={6} />}>
        <DataList
          label="Cases"
          op={listCases}
          input={asked === '' ? {} : { search: asked }}
          empty={<p>No case has this in its name. Names give nothing away: search for what somebody might see from the door.</p>}
          row={({ id, case_name, category, content_note }) => {
            const already = assignments.some(({ case_id }) => case_id === id)
            const what = (
              <span className="group-called">
                <b>{case_name}</b>
                <span>{category}</span>
                {content_note && <span>May distress: {content_note}</span>}
              </span>
            )
            return already ? (
              <>
                {what}
                <span className="group-state">Assigned already</span>
              </>
            ) : (
              <Link to="." search={{ case: id }}>
                {what}
                <span className="assign-this">Assign</span>
              </Link>
            )
          }}
        />
      </Suspense>
    </>
  )
}

function ByWhen({ group, chosen }: { group: string; chosen: string }) {
  const { case_name, category, content_note } = useRead(seeCase, { id: chosen })
  const today = dayOf(new Date(useNow()), useMyZone())
  const navigate = useNavigate()
  const act = useAct(by(assignCase), {
    refreshes: [readGroup, listGroups],
    onDone: () => {
      say(`${case_name} is assigned`)
      void navigate({ to: '/practice/groups/$id', params: { id: group } })
    },
  })
  return (
    <Form
      act={act}
      submit="Assign it"
      into={(fields) => ({ id: group, case_id: chosen, ...assignmentOf(fields) })}
      beside={
        <Button variant="subtle" component={Link} to={`/practice/groups/${group}/assign`}>
          Choose another case
        </Button>
      }
    >
      <p className="group-called">
        <b>{case_name}</b>
        <span>{category}</span>
        {content_note && <span>May distress: {content_note}</span>}
      </p>
      <AssignmentFields due_on={plusDays(today, aWeek)} />
    </Form>
  )
}

const aWeek = 7
