import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'
import { at, day, id, round } from './values.ts'

// Groups: a teacher's link, and cases to practise by a day

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(80))
const words = z._default(z.string().check(z.trim(), z.maxLength(500)), '')
const token = z.string().check(z.maxLength(200))
const teacher = { teacher_first_name: z.string(), teacher_last_name: z.string() }
const taught = { no_such_group: 404, teacher_only: 403 } as const

export const listGroups = operation({
  method: 'GET',
  path: '/practice/groups',
  summary: 'The groups that I teach or am in',
  output: z.object({
    items: z.array(
      z.object({
        id,
        name: z.string(),
        part: z.enum(['teacher', 'member']),
        ...teacher,
        people: z.int(),
        assigned: z.int(),
        /** How many of the cases that are assigned to me I have yet to practise. */
        open: z.int(),
      }),
    ),
  }),
})

export const makeGroup = operation({
  method: 'POST',
  path: '/practice/groups',
  summary: 'Make a group that I teach; its link stands on its page',
  input: z.object({ name, words }),
  output: z.object({ id }),
  refusals: { no_profile_yet: 409, groups_are_many: 409 },
})

const Assigned = z.object({
  id,
  case_id: id,
  case_name: z.string(),
  category: z.string(),
  /** Whether it can still be practised. */
  published: z.boolean(),
  due_on: day,
  words: z.string(),
  /** When I did, as the candidate and as far as the feedback, since it was assigned and I joined. */
  practised_at: z.nullable(at),
  /** In which round. */
  session_id: z.nullable(id),
  round: z.nullable(round),
})

export const readGroup = operation({
  method: 'GET',
  path: '/practice/groups/:id',
  summary: 'A group that I teach or am in. Who has practised what, and the link, are there for its teacher alone',
  input: z.object({ id }),
  output: z.object({
    id,
    name: z.string(),
    words: z.string(),
    part: z.enum(['teacher', 'member']),
    teacher_id: id,
    ...teacher,
    /** Null: revoked, or I do not teach it. */
    link: z.nullable(z.string()),
    people: z.array(
      z.object({
        person_id: id,
        first_name: z.string(),
        last_name: z.string(),
        avatar: z.nullable(z.string()),
        joined_at: z.nullable(at),
      }),
    ),
    assignments: z.array(Assigned),
    /** For its teacher: who has practised what. */
    practised: z.array(z.object({ assignment: id, person_id: id, practised_at: at })),
  }),
  refusals: { no_such_group: 404 },
})

export const changeGroup = operation({
  method: 'PUT',
  path: '/practice/groups/:id',
  summary: 'Change what a group of mine is called, and what it says',
  input: z.object({ id, name, words }),
  output: nothing,
  refusals: taught,
})

export const endGroup = operation({
  method: 'DELETE',
  path: '/practice/groups/:id',
  summary: 'End a group of mine, with what was assigned in it. What people practised stays theirs',
  input: z.object({ id }),
  output: nothing,
  refusals: taught,
})

export const renewLink = operation({
  method: 'POST',
  path: '/practice/groups/:id/link',
  summary: 'Another link for a group of mine; the one before opens nothing any more',
  input: z.object({ id }),
  output: nothing,
  refusals: taught,
})

export const revokeLink = operation({
  method: 'DELETE',
  path: '/practice/groups/:id/link',
  summary: 'No link: nobody joins a group of mine any more',
  input: z.object({ id }),
  output: nothing,
  refusals: taught,
})

// POST, though it only reads: what is in an address ends up in histories and logs.
export const readGroupLink = operation({
  method: 'POST',
  path: '/practice/groups/reading',
  summary: 'What a link to a group is for, for whoever has it',
  input: z.object({ token }),
  output: z.object({
    id,
    name: z.string(),
    words: z.string(),
    ...teacher,
    people: z.int(),
    /** Null: I am not in it. */
    part: z.nullable(z.enum(['teacher', 'member'])),
  }),
  refusals: { no_such_group: 404 },
  limit: 30,
})

export const joinGroup = operation({
  method: 'POST',
  path: '/practice/groups/joining',
  summary: 'Join a group by its link. Its teacher then sees whether and when I practised what is assigned there',
  input: z.object({ token }),
  output: z.object({ id }),
  refusals: { no_such_group: 404, no_profile_yet: 409, you_teach_it: 409, group_is_full: 409 },
  limit: 30,
})

export const leaveGroup = operation({
  method: 'POST',
  path: '/practice/groups/:id/leaving',
  summary: 'Leave a group. Its teacher sees nothing of me any more',
  input: z.object({ id }),
  output: nothing,
  refusals: { no_such_group: 404 },
})

export const removeFromGroup = operation({
  method: 'DELETE',
  path: '/practice/groups/:id/people/:person',
  summary: 'Take somebody out of a group of mine',
  input: z.object({ id, person: id }),
  output: nothing,
  refusals: taught,
})

export const listAssigned = operation({
  method: 'GET',
  path: '/practice/assignments',
  summary: 'The cases that are assigned to me, in any group, by the day they are due',
  output: z.object({ items: z.array(z.extend(Assigned, { group_id: id, group_name: z.string(), ...teacher })) }),
})

export const assignCase = operation({
  method: 'POST',
  path: '/practice/groups/:id/assignments',
  summary: 'Assign a case to a group of mine, to practise by a day; everybody in it is told',
  input: z.object({ id, case_id: id, due_on: day, words }),
  output: z.object({ id }),
  refusals: { ...taught, no_such_case: 404, case_is_assigned: 409, due_within_a_year: 422, assignments_are_many: 409 },
})

const mine = { no_such_assignment: 404 } as const

export const changeAssignment = operation({
  method: 'PUT',
  path: '/practice/assignments/:id',
  summary: 'Change by when a case is to be practised, and what I say about it',
  input: z.object({ id, due_on: day, words }),
  output: nothing,
  refusals: { ...mine, due_within_a_year: 422 },
})

export const withdrawAssignment = operation({
  method: 'DELETE',
  path: '/practice/assignments/:id',
  summary: 'A case is not assigned any more',
  input: z.object({ id }),
  output: nothing,
  refusals: mine,
})
