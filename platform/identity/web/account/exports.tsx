import { useEffect } from 'react'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { linkFile } from '#platform/files/api.ts'
import { askForExport, listExports } from '#platform/identity/exports/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { useMe } from '#platform/web/me.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { say } from '#platform/web/parts/toast.ts'

export function Exports() {
  const ask = useAct(by(askForExport), { refreshes: [listExports], onDone: () => say('We are making your copy') })
  return (
    <>
      <DataList
        label="Copies"
        op={listExports}
        input={{}}
        empty={<Empty>None is here. Ask for one, and a mail says when it is ready.</Empty>}
        row={(item) => <Copy {...item} />}
      />
      <Form
        variant="default"
        act={ask}
        submit="Ask for a copy"
        into={() => ({})}
        words={{ export_under_way: 'A copy is being made already. A mail says when it is ready.' }}
      />
    </>
  )
}

function Copy({ id, user_id, requested_at, ready_at, expires_at, bytes }: OutputOf<typeof listExports>['items'][number]) {
  const me = useMe()
  const download = useAct(by(linkFile), { onDone: ({ url }) => location.assign(url) })
  return (
    <>
      <span>
        {user_id === me.id ? 'Asked for' : 'Of another person, asked for'} <When at={requested_at} />
        <span className="row-says">
          {ready_at && bytes !== null && expires_at ? (
            <>
              {sizeOf(bytes)}, here until <When at={expires_at} />
            </>
          ) : (
            <BeingMade />
          )}
        </span>
      </span>
      {ready_at && (
        <Button variant="default" loading={download.busy} onClick={() => download.run({ id })} aria-label="Download the copy">
          Download
        </Button>
      )}
      {download.refusal && <Refused error={download.refusal} />}
    </>
  )
}

function BeingMade() {
  const client = useQueryClient()
  useEffect(() => {
    const looking = setInterval(() => void client.invalidateQueries({ queryKey: [listExports.path] }), 2_000)
    return () => clearInterval(looking)
  }, [client])
  return 'Being made. You may leave this page.'
}

const sizeOf = (bytes: number) => {
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : bytes < 1e9 ? [bytes / 1e6, 'megabyte'] : [bytes / 1e9, 'gigabyte']
  return new Intl.NumberFormat('en-GB', { style: 'unit', unit, maximumSignificantDigits: 2 }).format(size)
}
