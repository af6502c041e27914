import { failing, first, keys, opened, pressing, slow, until, type Scene } from './scene.ts'

export const calendarScenes: Scene[] = [
  { name: 'Calendar', page: '/calendar', who: 'person' },
  { name: 'Calendar with two clocks', page: '/calendar', who: 'mentor' },
  {
    name: 'Calendar, the next week by keyboard',
    page: '/calendar',
    who: 'mentor',
    does: first(...Array.from({ length: 9 }, () => keys('j'))),
  },
  { name: 'Calendar with nothing in it', page: '/calendar', at: '/calendar?week=2031-03-03', who: 'person' },
  { name: 'Calendar while it loads', page: '/calendar', who: 'person', given: slow('/api/scheduling/calendar*'), loading: true },
  { name: 'Calendar that cannot be read', page: '/calendar', who: 'person', given: failing('/api/scheduling/calendar*') },
  { name: 'Today with what is next', page: '/today', who: 'mentor' },
  { name: 'Calendar settings', page: '/account/calendar', who: 'person' },
  { name: 'Calendar settings, subscribed', page: '/account/calendar', who: 'mentor', does: subscribed },
  {
    name: 'Calendar settings, revoking',
    page: '/account/calendar',
    who: 'mentor',
    does: first(subscribed, pressing('Revoke'), opened),
  },
]

// Scenes are shown in any order, and some in several widths: whoever comes second has the address already.
async function subscribed(page: Parameters<NonNullable<Scene['does']>>[0]): Promise<void> {
  const make = page.getByRole('button', { name: 'Make an address' })
  const there = page.getByRole('button', { name: 'Copy the address' })
  await make.or(there).first().waitFor()
  if (await make.isVisible()) await make.click()
  await there.waitFor()
  await until('Made')(page)
}
