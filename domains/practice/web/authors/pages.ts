import type { Pages, Place, Words } from '#platform/web/part.ts'

// For those who write and check cases, and for administrators, who bring them together.
export const authorsPages: Pages = {
  '/practice/cases/mine': { load: async () => (await import('./mine.tsx')).MyCases },
  '/practice/cases/new': { load: async () => (await import('./new.tsx')).NewCase },
  '/practice/cases/desk': { load: async () => (await import('./desk.tsx')).Desk, who: 'administrator' },
  '/practice/cases/:id/whole': { load: async () => (await import('./whole.tsx')).WholeCase },
  '/practice/cases/:id/versions/:number': { load: async () => (await import('./version.tsx')).CaseVersion },
  '/practice/cases/:id/edit': { load: async () => (await import('./edit.tsx')).EditCase },
}

export const authorsPlaces: Place[] = [
  { label: 'Write a case', to: '/practice/cases/new' },
  { label: 'Cases I write or check', to: '/practice/cases/mine' },
  { label: 'Cases that wait', to: '/practice/cases/desk', who: 'administrator' },
]

export const authorsWords: Words = {
  not_your_case: 'You neither write nor check this case, so its texts stay shut. You can still practise with it.',
  case_is_published:
    'This case is in the library, and nothing of it changes under the hands of those who play it. Ask an administrator to withdraw it first.',
  case_has_changed:
    'Somebody has rewritten this case since you opened it. Keep your words somewhere, then load the page anew and see what it says now.',
  no_such_version: 'It is not kept any more: of each case the last fifty are.',
  too_many_notes: 'Two hundred things are said about this case already. Take back what is done with.',
  no_such_note: 'It is taken back already.',
  case_was_used: 'Somebody has played this case or planned to, so it stays.',
  too_many_drafts: 'You have twenty drafts, which is as many as one can have. Finish one, or throw one away.',
  nobody_reviews_their_own_case: 'Nobody checks what they write themselves. Ask somebody else.',
  case_is_not_reviewed: 'No clinician has signed what it says now. Ask one to check it first.',
  not_signed_by_you: 'You have not signed what it says now, so there is nothing to take back.',
  case_is_signed_already: 'You have signed this already, as it reads now.',
  review_is_due_within_three_years: 'It has to be looked at again within three years, and not before tomorrow.',
}
