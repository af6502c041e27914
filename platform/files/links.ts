import { seal, unseal } from '#platform/identity/sealed.ts'
import { plainName } from './names.ts'
import { refuse } from './refusals.ts'

// A link is for one person, one file and a few minutes. It is sealed rather than stored: making one writes nothing, there is
// nothing to sweep, and whoever has it in hand learns no id from it. Whether its person may still have the file is asked at
// each download, so there is nothing to revoke either.
export type Link = { file: string; person: string; expiresAt: number }

const lifetime = 10 * 60 * 1_000 // so long may a film be watched without asking anew
const belongsTo = 'files: a link'

export function linkTo(secrets: Buffer, file: { id: string; name: string }, person: string): { url: string; expiresAt: string } {
  const expiresAt = Date.now() + lifetime
  const word = seal(secrets, belongsTo, `${file.id} ${person} ${expiresAt}`)
  return { url: `/files/d/${word}/${plainName(file.name)}`, expiresAt: new Date(expiresAt).toISOString() }
}

export function openLink(secrets: Buffer, word: string): Link {
  const [file = '', person = '', expires] = wordsIn(secrets, word)
  const expiresAt = Number(expires)
  if (expiresAt < Date.now()) refuse('link_has_expired')
  return { file, person, expiresAt }
}

function wordsIn(secrets: Buffer, word: string): string[] {
  try {
    return unseal(secrets, belongsTo, word).split(' ')
  } catch {
    return refuse('no_such_link') // made by somebody else, or changed on the way: there is no telling
  }
}
