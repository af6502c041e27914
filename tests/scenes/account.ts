import { failing, filling, first, opened, pressing, slow, until, type Scene } from './scene.ts'

export const accountScenes: Scene[] = [
  { name: 'Account', page: '/account', who: 'person' },
  {
    name: 'Account refused',
    page: '/account',
    who: 'person',
    does: first(filling({ 'Time zone': 'Atlantis' }), pressing('Save'), until('no time zone')),
  },
  { name: 'Ways in', page: '/account/sign-in', who: 'person' },
  { name: 'Ways in on the first day', page: '/account/sign-in', who: 'newcomer' },
  {
    name: 'Ways in, adding an authenticator',
    page: '/account/sign-in',
    who: 'newcomer',
    does: first(pressing('Add an authenticator app'), filling({ Name: 'My phone' }), pressing('Continue'), until('Code in the app')),
  },
  { name: 'Ways in, removing a passkey', page: '/account/sign-in', who: 'person', does: first(pressing('Remove'), opened) },
  {
    name: 'Ways in, changing the password',
    page: '/account/sign-in',
    who: 'person',
    does: first(
      (page) =>
        page
          .getByRole('button', { name: /password$/ })
          .first()
          .click(),
      opened,
    ),
  },
  { name: 'Devices', page: '/account/sessions', who: 'person' },
  { name: 'Devices while they load', page: '/account/sessions', who: 'person', given: slow('/api/identity/sessions'), loading: true },
  { name: 'Devices that cannot be read', page: '/account/sessions', who: 'person', given: failing('/api/identity/sessions') },
  {
    name: 'Signing out everywhere else',
    page: '/account/sessions',
    who: 'person',
    does: first(pressing('Sign out everywhere else'), opened),
  },
  { name: 'My data', page: '/account/data', who: 'person' },
  { name: 'My data on the first day', page: '/account/exports', who: 'newcomer' },
  { name: 'My data while leaving', page: '/account/data', who: 'leaver' },
  { name: 'Leaving', page: '/account/data', who: 'person', does: first(pressing('Delete my account'), opened) },
  { name: 'People I keep away', page: '/account/people', who: 'person' },
  { name: 'Nobody kept away', page: '/account/people', who: 'newcomer' },
]
