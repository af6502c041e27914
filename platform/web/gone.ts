import type { QueryClient } from '@tanstack/react-query'
import { holdTyped } from './frame/typed.ts'
import { me } from './me.ts'
import { refusalIn } from './words.ts'

/** A call was refused because nobody is signed in here any more: the guard learns it, and what was typed waits for them. */
export function noteWhoIsGone(client: QueryClient, error: Error): void {
  const code = refusalIn(error)?.code
  if (code !== 'not_signed_in' && code !== 'token_not_accepted') return
  if (!client.getQueryData(me.queryKey)) return
  holdTyped(client)
  client.setQueryData(me.queryKey, null)
}
