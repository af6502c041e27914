import { Button } from '@mantine/core'
import { block, listBlocks, unblock } from '#platform/safety/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Person } from '#platform/web/parts/person.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { moment } from '#platform/web/parts/times.ts'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct, useRead } from '#platform/web/read.ts'

export function MyBlocks() {
  const { blocks } = useRead(listBlocks, {})
  if (blocks.length === 0) return <Empty>You block nobody. Wherever you meet somebody here, you can block them.</Empty>
  return (
    <Rows label="People you block">
      {blocks.map((block) => (
        <Blocked key={block.person_id} {...block} />
      ))}
    </Rows>
  )
}

function Blocked({ person_id: id, name, blocked_at }: OutputOf<typeof listBlocks>['blocks'][number]) {
  const again = useAct(by(block), { refreshes: [listBlocks] })
  const act = useAct(by(unblock), { refreshes: [listBlocks], onDone: () => say(`${name} is unblocked`, { undo: () => again.run({ id }) }) })
  return (
    <Row>
      <Person name={name} says={`Since ${moment(blocked_at, 'date')}`} />
      <Button variant="default" loading={act.busy} onClick={() => act.run({ id })} aria-label={`Unblock ${name}`}>
        Unblock
      </Button>
      {act.refusal && <Refused error={act.refusal} />}
    </Row>
  )
}
