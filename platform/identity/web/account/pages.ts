import { safetyWords } from '#platform/safety/web/words.ts'
import type { Pages, Place, Words } from '#platform/web/part.ts'

// One's own account.
const data = { load: async () => (await import('./data.tsx')).Data }
export const accountPages: Pages = {
  '/account': { load: async () => (await import('./account.tsx')).Account },
  '/account/sign-in': { load: async () => (await import('./ways-in.tsx')).WaysIn },
  '/account/sessions': { load: async () => (await import('./sessions.tsx')).Sessions },
  '/account/notifications': { load: async () => (await import('./notifications.tsx')).Notifications },
  '/account/data': data,
  '/account/exports': data, // where mails lead
  '/account/people': { load: async () => (await import('./people.tsx')).People },
}

export const accountPlaces: Place[] = [
  { label: 'Your account', to: '/account' },
  { label: 'Signing in', to: '/account/sign-in' },
  { label: 'Your devices', to: '/account/sessions' },
  { label: 'How you are told', to: '/account/notifications' },
  { label: 'Your data', to: '/account/data' },
  { label: 'People you block', to: '/account/people' },
]

export const accountWords: Words = {
  no_such_zone: 'There is no time zone of that name. Choose one of the list.',
  no_such_session: 'It is signed out already.',
  sign_in_again: 'You signed in more than 15 minutes ago. Sign in once more, so that we know it is you.',
  last_way_in:
    'This is your last way in: without it you could not sign in any more. Add another one first, such as a password or a passkey.',

  email_address_invalid: 'This is not an e-mail address.',

  mfa_factor_name_conflict: 'You have an authenticator app of that name. Choose another name.',
  too_many_enrolled_mfa_factors: 'You have ten authenticator apps; more is not possible. Remove one first.',
  mfa_verified_factor_exists: 'You have recovery codes already. Reload the page.',
  mfa_recovery_codes_sole_factor: 'Recovery codes stand in for an authenticator app. Add one first.',

  no_passkeys_here: 'This browser cannot make passkeys. Try it with another one, or another device.',
  no_passkey_made: 'No passkey was made: it was cancelled, or it took too long. Try again.',
  passkey_is_known_already: 'This device already holds a passkey for your account.',
  passkey_not_accepted: 'The passkey could not be checked. Try again, or use another device.',
  too_many_passkeys: 'You have very many passkeys; more is not possible. Remove one first.',
  no_such_passkey: 'This passkey is gone already.',
  no_such_challenge: 'This took too long. Try again.',
  challenge_expired: 'This took too long. Try again.',

  no_such_provider: 'This is not offered here any more.',
  no_such_identity: 'This is unlinked already.',

  no_such_kind: 'There are no mails of this kind any more.',
  always_sent: 'These mails are always sent.',

  already_leaving: 'Your account is to be erased already.',

  file_is_too_large: 'This file is too large. Choose a smaller one.',
  type_not_allowed: 'Files of this kind are not taken here. Choose another one.',
  file_is_damaged: 'This file is damaged. Choose another one.',
  file_is_two_things: 'This file is not only a picture. Choose another one.',
  picture_has_too_many_pixels: 'This picture has too many pixels: 25 million are the most. Choose a smaller one.',
  picture_cannot_be_read: 'This picture cannot be read. Choose another one.',
  too_much_unclaimed: 'Very many of your files are still on their way. Try again in an hour.',
  file_is_being_scanned: 'The file is still being looked at. Try again in a moment.',
  file_is_quarantined: 'Something harmful was found in this file, so it is not used.',
  file_is_lost: 'The file is not there any more.',
  no_such_file: 'The file is not there any more.',
  ...safetyWords,
}
