import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'

// How I appear

const name = z.string().check(z.trim(), z.maxLength(60))
const Profile = z.object({ first_name: z.string(), last_name: z.string(), training_level: z.string(), avatar: z.nullable(z.string()) })

export const readProfile = operation({
  method: 'GET',
  path: '/practice/profile',
  summary: 'How I appear to others here; nothing yet, where I have never said',
  output: z.object({ profile: z.nullable(Profile) }),
})

export const appear = operation({
  method: 'PUT',
  path: '/practice/profile',
  summary: 'Say how I appear to others here. Only I see what I am training for',
  input: z.object({
    first_name: name,
    last_name: z._default(name, ''),
    training_level: name,
    avatar: z._default(z.nullable(z.string().check(z.maxLength(300))), null),
  }),
  output: nothing,
  refusals: { name_is_given: 422, avatar_is_ours: 422 },
})
