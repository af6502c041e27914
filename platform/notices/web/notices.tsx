import { Button } from '@mantine/core'
import { Empty } from '#platform/web/parts/empty.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Page } from '#platform/web/parts/page.tsx'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { listNotices, markAllRead } from '../api.ts'
import { Line } from './line.tsx'

export function Notices() {
  return (
    <Page title="Notices" lead="What happened here without you, for half a year." action={<MarkAll />}>
      <DataList
        label="Notices"
        op={listNotices}
        input={{}}
        empty={<Empty>Nothing yet. When something is ready for you or was done for you, it is said here.</Empty>}
        row={(notice) => <Line notice={notice} />}
      />
    </Page>
  )
}

function MarkAll() {
  const { unread } = useRead(listNotices, { limit: 5 })
  const all = useAct(by(markAllRead), { refreshes: [listNotices] })
  if (unread === 0) return null
  return (
    <Button variant="default" loading={all.busy} onClick={() => all.run({})}>
      Mark all as read
    </Button>
  )
}
