import { useParams } from '@tanstack/react-router'
import { Room } from './room.tsx'

/** A room by its link alone, for whichever domain opened it. */
export function RoomPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  return <Room key={id} id={id} />
}
