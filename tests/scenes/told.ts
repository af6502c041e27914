import type { Page } from 'playwright-core'
import { permitting } from '#platform/push/tests/browser-with-push.ts'
import { answering, choosing, first, opened, pressing, refused, until, type Scene } from './scene.ts'

// A key that is any point: no scene sends anything.
const key = `B${'A'.repeat(86)}`
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const browser = { made_at: ago(9 * 24 * 60), last_ok_at: ago(130), failures: 0, this_one: false }
const [here, phone, old] = [
  { ...browser, id: '0dec0de0-0000-4000-8000-00000000a001', device: 'Chrome on Mac', this_one: true },
  { ...browser, id: '0dec0de0-0000-4000-8000-00000000a002', device: 'Safari on iPhone' },
  { ...browser, id: '0dec0de0-0000-4000-8000-00000000a003', device: 'Firefox on Windows', failures: 2 },
]
const told = { page: '/account/notifications', who: 'person' } as const
const on = (browsers: object[], paused = false) =>
  first(
    (page: Page) => permitting(page, { permission: 'granted', endpoint: 'https://push.example.test/x', subscribedTo: key }),
    answering('/api/push/browsers', { key, browsers }),
    answering('/api/notices/choices', { push: !paused, quiet: { from: '22:00', until: '07:00' }, zone: 'Europe/London' }),
  )
const off = (page: Page) => permitting(page, { permission: 'default' })
const without = (what: string, userAgent?: string) => (page: Page) =>
  page.addInitScript(
    ([what, userAgent]) => {
      delete (globalThis as Record<string, unknown>)[what]
      if (userAgent) Object.defineProperty(navigator, 'userAgent', { get: () => userAgent })
    },
    [what, userAgent] as const,
  )

export const toldScenes: Scene[] = [
  { name: 'How one is told, in a browser that blocks it', ...told },
  { name: 'How one is told, off', ...told, given: off },
  { name: 'How one is told, on the first day', ...told, who: 'newcomer', given: off },
  { name: 'How one is told, on three devices', ...told, given: on([here, phone, old]) },
  { name: 'How one is told, elsewhere alone and paused', ...told, given: first(on([phone], true)) },
  { name: 'How one is told, in a browser that cannot', ...told, given: without('PushManager') },
  {
    name: 'How one is told, on an iPhone',
    ...told,
    given: without(
      'PushManager',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/18.6 Mobile Safari/604.1',
    ),
  },
  {
    name: 'How one is told, by no push service',
    ...told,
    given: (page) => permitting(page, { permission: 'default', answer: 'granted' }),
    does: first(pressing('Turn on in this browser'), refused),
  },
  { name: 'Quiet hours', ...told, does: first(pressing('Set quiet hours'), opened) },
  {
    name: 'Quiet hours that never end',
    ...told,
    does: first(pressing('Set quiet hours'), choosing('From', '07:00'), pressing('Save'), until('Choose two.')),
  },
]
