import type { WebPart } from '#platform/web/part.ts'
import { accountPages, accountWords } from './account/pages.ts'
import { administrationPages, administrationWords } from './administration/pages.ts'
import { entryPages, entryWords } from './entry/pages.ts'

export const identity: WebPart = {
  pages: { ...entryPages, ...accountPages, ...administrationPages },
  words: { ...entryWords, ...accountWords, ...administrationWords },
}
