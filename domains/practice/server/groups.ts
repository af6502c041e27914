import { hash, randomUUID } from 'node:crypto'
import type * as z from 'zod/mini'
import { derived } from '#platform/identity/sealed.ts'
import { handle } from '#platform/operations/handle.ts'
import type { Server } from '#platform/part.ts'
import * as api from '../api.ts'

/** Groups: the teacher's link, who is in, what is assigned and who has practised it. */
export const groups = ({ configuration, keys }: Server) => {
  const wordOf = (link: string) => derived(keys.secrets, 'practice group', link)
  const newLink = () => {
    const link_id = randomUUID()
    return { link_id, link_hash: hashOf(wordOf(link_id)) }
  }

  return [
    handle(api.listGroups, async ({ db }) => ({
      items: (await db.rows('private.my_groups', {})) as z.input<typeof api.listGroups.output>['items'],
    })),

    handle(api.makeGroup, async ({ input, db }) => {
      const id = await db.call('private.make_group', { ...input, ...newLink() })
      return { id }
    }),

    handle(api.readGroup, async ({ input, db, refuse }) => {
      const group_id = input.id
      const [group] = await db.rows('private.my_groups', { only_group: group_id })
      if (!group) return refuse('no_such_group')
      const people = await db.rows('private.group_people', { group_id })
      const assignments = await db.rows('private.assigned_cases', { only_group: group_id })
      const practised = group.part === 'teacher' ? await db.rows('private.practised_in', { group_id }) : []
      const link = group.link_id && `${configuration.publicUrl}/practice/groups/join/${wordOf(group.link_id)}`
      return { ...group, link, people, assignments, practised } as z.input<typeof api.readGroup.output>
    }),

    handle(api.changeGroup, async ({ input: { id: group_id, ...said }, db }) => {
      await db.call('private.change_group', { group_id, ...said })
      return {}
    }),

    handle(api.endGroup, async ({ input, db }) => {
      await db.call('private.end_group', { group_id: input.id })
      return {}
    }),

    handle(api.renewLink, async ({ input, db }) => {
      await db.call('private.set_group_link', { group_id: input.id, ...newLink() })
      return {}
    }),

    handle(api.revokeLink, async ({ input, db }) => {
      await db.call('private.set_group_link', { group_id: input.id })
      return {}
    }),

    handle(api.readGroupLink, async ({ input, db }) => {
      const [found] = await db.rows('private.read_group_link', { link_hash: hashOf(input.token) })
      return found as z.input<typeof api.readGroupLink.output>
    }),

    handle(api.joinGroup, async ({ input, db }) => {
      const id = await db.call('private.join_group', { link_hash: hashOf(input.token) })
      return { id }
    }),

    handle(api.leaveGroup, async ({ input, db }) => {
      await db.call('private.leave_group', { group_id: input.id })
      return {}
    }),

    handle(api.removeFromGroup, async ({ input, db }) => {
      await db.call('private.remove_member', { group_id: input.id, person: input.person })
      return {}
    }),

    handle(api.listAssigned, async ({ db }) => ({
      items: (await db.rows('private.assigned_cases', {})) as z.input<typeof api.listAssigned.output>['items'],
    })),

    handle(api.assignCase, async ({ input: { id: group_id, ...assigned }, db }) => {
      const id = await db.call('private.assign_case', { group_id, ...assigned })
      return { id }
    }),

    handle(api.changeAssignment, async ({ input: { id: assignment, ...said }, db }) => {
      await db.call('private.change_assignment', { assignment, ...said })
      return {}
    }),

    handle(api.withdrawAssignment, async ({ input, db }) => {
      await db.call('private.withdraw_assignment', { assignment: input.id })
      return {}
    }),
  ]
}

export const hashOf = (word: string) => hash('sha256', `practice group ${word}`, 'buffer')
