import { randomUUID } from 'node:crypto'
import { hashOf } from '#domains/practice/server/groups.ts'
import type { TestServer } from '#tests/server.ts'

/** Of the demo world: Leila's, which Hana is in; Hana's own. */
export const [joined, taught] = ['0dec0de0-0000-4000-8000-000000000601', '0dec0de0-0000-4000-8000-000000000602']
export const wordOfGroup = 'of-the-scenes'

/** The links, which follow from a key that the demo world does not have. */
export async function linkTheGroups({ db }: TestServer): Promise<void> {
  for (const [group, word] of [
    [joined, wordOfGroup],
    [taught, randomUUID()],
  ])
    await db.sql('update practice.groups set link_id = gen_random_uuid(), link_hash = $2 where id = $1', [group, hashOf(word!)])
}
