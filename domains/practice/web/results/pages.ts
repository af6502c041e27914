import type { Pages, Place, Words } from '#platform/web/part.ts'

// Afterwards: what came of it.
export const resultsPages: Pages = {
  '/practice/results': { load: async () => (await import('./history.tsx')).History },
  '/practice/results/shared': { load: async () => (await import('./shown-to-me.tsx')).ShownToMe },
  '/practice/results/shared/:id': { load: async () => (await import('./shown.tsx')).ShownPage },
  '/practice/results/:session/:round': { load: async () => (await import('./result.tsx')).ResultPage },
}

export const resultsPlaces: Place[] = [
  { label: 'What you have played', to: '/practice/results' },
  { label: 'Results shown to me', to: '/practice/results/shared' },
]

export const resultsWords: Words = {
  result_not_found: 'There is no such station of yours. What you have played stands under Progress.',
  nobody_to_write_to: 'There is nobody to write to: you played alone, or your partner is not here any more.',
  too_late_to_write: 'This station is more than a fortnight ago. What was written stays; nothing is added.',
  nothing_to_share: 'This sheet is not handed in, so there is nothing to show yet.',
  choose_one: 'Choose somebody by name, or write their e-mail address: one of the two.',
  no_such_partner:
    'You have not practised with them and they do not teach you, or they are not here any more. Show it to their e-mail address instead.',
  they_marked_it: 'They have marked it themselves, so they see it already.',
  that_is_you: 'This is your own address. Enter the one of whoever you want to show it to.',
  address_is_one: 'This is not an e-mail address.',
  shared_with_twenty: 'Twenty people see this result already; more is not possible. Take it back from somebody first.',
  no_such_share: 'This is not shown to you, or not any more.',
  gives_the_case_away: 'This gives the case away. Say first that you know.',
}
