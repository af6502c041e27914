import { useQueryClient } from '@tanstack/react-query'
import { forgetAnswers } from '#platform/web/kept.ts'
import { me } from '#platform/web/me.ts'
import { type Act, useAct } from '#platform/web/read.ts'

/** An act by which somebody proves who they are. Nothing stays of whoever was here before; then one goes on, and is somebody. */
export function useProof<I, O>(send: (input: I) => Promise<O>, onDone: (output: O) => void): Act<I, O> {
  const client = useQueryClient()
  const proving = async (input: I) => {
    const output = await send(input)
    forgetAnswers(client)
    await client.fetchQuery(me)
    return output
  }
  return useAct(proving, { onDone })
}
