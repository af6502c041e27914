import { handle } from '#platform/operations/handle.ts'
import type { Part } from '#platform/part.ts'
import * as api from './api.ts'
import { writtenBy } from './written.ts'

export const legal: Part = {
  name: 'legal',
  api,
  handlers: ({ configuration }) => [
    handle(api.readLegal, async ({ input: { page } }) => ({ text: await writtenBy(configuration.dataDir, page) })),
  ],
}
