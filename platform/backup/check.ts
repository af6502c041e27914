import { CannotStart } from '#platform/configuration/stop.ts'
import { among } from '#platform/database/migrate.ts'
import type { Step } from '#platform/database/steps.ts'
import { label, totals } from './archive.ts'
import { Label, Totals } from './label.ts'
import { contentOf, damaged, readArchive } from './read.ts'

/** A backup that was read to its end and found whole, made by this version or an older one. */
export type Backup = { file: string; label: Label; steps: Step[]; totals: Totals }

export async function checkBackup(file: string, known: Step[]): Promise<Backup> {
  const words = new Map<string, string>()
  for await (const { name, bytes } of readArchive(file)) {
    if (words.size === 0 && name !== label) throw damaged(file, 'its label is missing')
    if (name === label || name === totals) words.set(name, (await contentOf(bytes)).toString())
  }
  const said = labelIn(file, words.get(label)!)
  return { file, label: said, steps: among(known, said.steps, 'this backup'), totals: Totals.parse(JSON.parse(words.get(totals)!)) }
}

function labelIn(file: string, text: string): Label {
  const said = JSON.parse(text) as { format?: number; vivavoce?: string }
  if (said.format !== 1)
    throw new CannotStart(`${file} was made by a newer Vivavoce (${said.vivavoce}), in a form not known here: upgrade first`)
  return Label.parse(said)
}
