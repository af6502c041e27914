import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Part } from '#platform/part.ts'
import { person, until, type Answer } from '#platform/operations/tests/asking.ts'
import { temporaryFolder } from '#tests/processes.ts'
import { freshServer, type TestServer } from '#tests/server.ts'
import { uploader, type Uploader } from './uploader.ts'

export type Someone = Uploader & Awaited<ReturnType<typeof person>>
export type Scene = TestServer & {
  dataDir: string
  somebody(name: string): Promise<Someone>
  /** Every file there is on the disk, objects and what is coming in. */
  onDisk(): string[]
  /** Looks again until it is so. */
  until(isSo: () => boolean | Promise<boolean>): Promise<void>
  /** Nothing is left behind of what a person tried. */
  nothingOf(one: Someone): Promise<void>
}

export async function scene(anew: Part[] = []): Promise<Scene> {
  const dataDir = temporaryFolder()
  const server = await freshServer({ DATA_DIR: dataDir }, anew)
  const onDisk = () => filesBelow(path.join(dataDir, 'files'))
  return {
    ...server,
    dataDir,
    onDisk,
    until: (isSo) => until(isSo, isSo.toString()),
    async somebody(name) {
      const ask = await person(server, name)
      return Object.assign(ask, uploader(server.address, ask.token))
    },
    async nothingOf({ id }) {
      const rows = await server.db.sql<{ id: string }>('select id from files.objects where owner_id = $1', [id])
      assert.deepEqual(rows, [])
      const all = await server.db.sql<{ id: string }>('select id from files.objects')
      const known = new Set(all.map(({ id }) => id))
      const strays = () => onDisk().filter((file) => !known.has(path.basename(file)))
      await until(() => strays().length === 0, `the end of ${strays().join()}`) // a job removes the bytes, after the commit
    },
  }
}

function filesBelow(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return []
    throw error
  }
}

export const is = ({ status, body }: Answer, code: string, expected: number) =>
  assert.deepEqual([status, body['code'], body['status']], [expected, code, expected])
