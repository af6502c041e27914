import * as z from 'zod/mini'
import { operation } from '#platform/operations/operation.ts'

export const legalPages = ['privacy', 'terms', 'imprint'] as const
export type LegalPage = (typeof legalPages)[number]

export const readLegal = operation({
  method: 'GET',
  path: '/legal/pages/:page',
  summary: 'What whoever runs this place says on privacy, terms, or who they are; null while they have not said it',
  who: 'anyone',
  input: z.object({ page: z.enum(legalPages) }),
  output: z.object({ text: z.nullable(z.string()) }),
})
