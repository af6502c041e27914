import type { QueryClient } from '@tanstack/react-query'
import { lost } from './connection.ts'
import { holdTyped } from './frame/typed.ts'
import { askWho, me, type Me } from './me.ts'
import { refusalIn } from './words.ts'

/** A call was refused because nobody is signed in here any more: the guard learns it, and what was typed waits for them. */
export function noteWhoIsGone(client: QueryClient, error: Error): void {
  const code = refusalIn(error)?.code
  if (code === 'not_signed_in' || code === 'token_not_accepted') noteNobody(client)
}

function noteNobody(client: QueryClient): void {
  if (!client.getQueryData(me.queryKey)) return
  holdTyped(client)
  client.setQueryData(me.queryKey, null)
}

let here: QueryClient | undefined
export const watchWhoIsHere = (client: QueryClient): void => void (here = client)

/** Something that has no answer to read was refused: whether somebody is still signed in here, and the same person, is asked. */
export async function askWhoIsHere(): Promise<void> {
  try {
    const who = await askWho()
    const before = here?.getQueryData(me.queryKey)
    if (here && who === null) noteNobody(here)
    else if (who && before && idOf(who) !== idOf(before)) location.reload() // nothing on this page is theirs
  } catch (error) {
    if (error instanceof TypeError) lost() // nobody answers; every other failure says nothing about who is here
  }
}

const idOf = (who: Me | 'pending') => (who === 'pending' ? who : who.id)
