import { Button } from '@mantine/core'
import { Refused } from '#platform/web/parts/refused.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { admit } from '../api.ts'
import type { Room } from './use-room.ts'

export function LetIn({ room, person, name, take }: { room: Room; person: string; name: string; take: (room: Room) => void }) {
  const act = useAct(by(admit), { onDone: take })
  return (
    <>
      <Button loading={act.busy} onClick={() => act.run({ id: room.id, person })}>
        Let {name || 'them'} in
      </Button>
      {act.refusal && <Refused error={act.refusal} />}
    </>
  )
}
