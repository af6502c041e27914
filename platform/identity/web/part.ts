import type { WebPart } from '#platform/web/part.ts'
import { accountPages, accountPlaces, accountWords } from './account/pages.ts'
import { administrationPages, administrationPlaces, administrationWords } from './administration/pages.ts'
import { entryPages, entryWords } from './entry/pages.ts'

export const identity: WebPart = {
  pages: { ...entryPages, ...accountPages, ...administrationPages },
  places: [...accountPlaces, ...administrationPlaces],
  words: { ...entryWords, ...accountWords, ...administrationWords },
}
