import type { Reader } from '#platform/database/conversation.ts'
import type { InputOf, OutputOf } from '#platform/operations/operation.ts'
import type { changeChoices, readChoices } from './api.ts'

// How somebody wants to be told. Who has said nothing yet may be poked wherever they asked for it, and no hour is quiet: a
// night that nobody chose, in a zone that nobody named, would keep a day's news from somebody.

export async function choicesOf(db: Reader<'authenticated'>): Promise<OutputOf<typeof readChoices>> {
  const [[said], [account]] = await db.all(
    db.selectFrom('notices.choices').select(['push', 'quiet_from', 'quiet_until']),
    db.selectFrom('identity.accounts').select('zone'),
  )
  const quiet = said?.quiet_from && said.quiet_until ? { from: hourOf(said.quiet_from), until: hourOf(said.quiet_until) } : null
  return { push: said?.push ?? true, quiet, zone: account?.zone ?? null }
}

export const changeOf = ({ push, quiet }: InputOf<typeof changeChoices>) => ({
  ...(push === undefined ? {} : { push }),
  ...(quiet === undefined ? {} : { quiet_from: quiet?.from ?? null, quiet_until: quiet?.until ?? null }),
})

const hourOf = (time: string) => time.slice(0, 5) // PostgreSQL says the seconds, too
