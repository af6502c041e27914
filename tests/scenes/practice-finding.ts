import { filling, first, opened, pressing, refused, slow, type Scene } from './scene.ts'

const session = (n: number) => `0dec0de0-0000-4000-8000-0000000004${String(n).padStart(2, '0')}`

export const practiceFindingScenes: Scene[] = [
  { name: 'Practice, for a stranger', page: '/practice' },
  { name: 'Practice, finding a partner', page: '/practice', who: 'person' },
  { name: 'Practice, nobody on that day', page: '/practice', at: '/practice?day=2026-02-03&level=core', who: 'person' },
  { name: 'Practice while it loads', page: '/practice', given: slow('/api/practice/open-seats*'), loading: true },
  { name: 'Practice, a free seat, for a stranger', page: '/practice/offers/:id', at: `/practice/offers/${session(1)}` },
  {
    name: 'Practice, a free seat, for the first time',
    page: '/practice/offers/:id',
    at: `/practice/offers/${session(1)}`,
    who: 'mentor',
  },
  {
    name: 'Practice, somebody was faster',
    page: '/practice/offers/:id',
    at: `/practice/offers/${session(2)}`,
    who: 'person',
    given: somebodyWasFaster,
    does: first(pressing('Take the seat'), refused),
  },
  { name: 'Practice, a seat that is gone', page: '/practice/offers/:id', at: `/practice/offers/${session(99)}`, who: 'person' },
  { name: 'Practice, my own offer', page: '/practice/offers/:id', at: `/practice/offers/${session(1)}`, who: 'person' },
  {
    name: 'Practice, changing my offer',
    page: '/practice/offers/:id',
    at: `/practice/offers/${session(1)}`,
    who: 'person',
    does: first(pressing('Change'), opened),
  },
  {
    name: 'Practice, offering in the past',
    page: '/practice/offer',
    who: 'newcomer',
    does: first(filling({ Day: '2026-01-05' }), pressing('Offer the session'), refused),
  },
  { name: 'My sessions', page: '/practice/sessions', who: 'person' },
  { name: 'Practice, find me a partner', page: '/practice/wishes', who: 'person' },
  { name: 'Practice, how I appear', page: '/practice/you', who: 'person' },
]

async function somebodyWasFaster(page: Parameters<NonNullable<Scene['does']>>[0]): Promise<void> {
  await page.route(`**/api/practice/offers/*/guest`, async (route) => {
    const offers = (await (await route.fetch({ method: 'GET', url: new URL('/api/practice/offers?limit=3', page.url()).href })).json()) as {
      items: unknown[]
    }
    await route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: 'about:blank',
        status: 409,
        code: 'seat_taken',
        title: 'The seat is taken',
        alternatives: offers.items,
      }),
    })
  })
}
