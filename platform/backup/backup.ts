import manifest from '../../package.json' with { type: 'json' }
import { counted, label } from './archive.ts'
import { rowsIn, rowsOf, selected } from './copy.ts'
import { putFolder } from './files.ts'
import type { Label, Totals } from './label.ts'
import { atOneMoment, type Moment, type Place } from './moment.ts'
import { otherSchemas, sequencesIn } from './tables.ts'
import { unfinished } from './unfinished.ts'
import { writeArchive, type Archive } from './write.ts'

export type Backing = Place & { dataDir: string; file: string; say: (line: string) => void }

/** Everything of an installation, as it was at one moment, in one file. */
export async function backUp({ dataDir, file, say, ...place }: Backing): Promise<Totals> {
  return writeArchive(file, async (archive) => {
    const rows = await atOneMoment(place, (moment) => putData(archive, moment, say))
    const keys = await putFolder(archive, dataDir, 'keys', say)
    const files = await putFolder(archive, dataDir, 'files', say) // after the data: a file is there before the row that names it
    return { rows, keys: keys.files, files: files.files, shortened: files.shortened }
  })
}

async function putData(archive: Archive, moment: Moment, say: Backing['say']): Promise<Record<string, number>> {
  const { owner, worker, steps, schemas, hasQueue } = moment
  const tables = moment.tables.map((table) => ({ section: `tables/${table.table}`, ...table, bytes: rowsOf(owner, table) }))
  const jobs = hasQueue
    ? unfinished.map(({ table, columns, copy }) => ({ section: `unfinished/${table}`, table, columns, bytes: selected(worker, copy) }))
    : []
  const { rows } = await owner.query<{ version: string }>(`select current_setting('server_version') as version`)
  await archive.words(label, {
    format: 1,
    made_at: new Date().toISOString(),
    vivavoce: manifest.version,
    postgres: rows[0]!.version,
    steps: steps.map(({ file, step, checksum }) => ({ file, step, checksum })),
    rows: [...tables, ...jobs].map(({ section, table, columns }) => ({ section, table, columns })),
    sequences: await sequencesIn(owner, schemas), // never behind the rows: it is asked after the moment
  } satisfies Label)
  const others = await otherSchemas(owner, schemas)
  if (others.length > 0) say(`not in the backup, because Vivavoce did not make them: ${others.join(', ')}`)

  const count: Record<string, number> = {}
  for (const { section, bytes } of [...tables, ...jobs]) {
    count[section] = 0
    await archive.parts(
      section,
      counted(bytes, (chunk) => (count[section]! += rowsIn(chunk))),
    )
  }
  return count
}
