import type { Rules } from '#tests/rules/written.ts'

// A person sees what they call their passkeys and how many codes are left: never a key, a counter or a hash.
export const waysInRules: Rules = {
  'identity.passkeys': {
    authenticated: {
      select: ['id', 'user_id', 'transports', 'backed_up', 'name', 'created_at', 'last_used_at'],
      update: ['name'],
    },
    service_role: {
      select: 'every column',
      insert: ['user_id', 'credential_id', 'public_key', 'counter', 'transports', 'backed_up', 'name'],
      update: ['counter', 'backed_up', 'name', 'last_used_at'],
      delete: true,
    },
  },
  'identity.passkey_challenges': { service_role: { select: 'every column', insert: ['challenge', 'user_id'], delete: true } },
  'identity.recovery_codes': {
    authenticated: { select: ['user_id', 'created_at', 'used_at'] },
    service_role: { select: 'every column', insert: ['code_hash', 'user_id', 'set_id'], update: ['used_at'], delete: true },
  },
  'identity.journeys': {
    service_role: {
      select: 'every column',
      insert: [
        'state_hash',
        'browser_hash',
        'provider',
        'redirect_to',
        'adult',
        'invitation',
        'challenge',
        'challenge_method',
        'linking_id',
      ],
      delete: true,
    },
  },
  'identity.newcomers': {
    service_role: {
      select: 'every column',
      insert: ['browser_hash', 'found', 'redirect_to', 'invitation', 'challenge', 'challenge_method'],
      delete: true,
    },
  },
  'identity.proposed_links': { service_role: { select: 'every column', insert: ['word_hash', 'user_id', 'found'], delete: true } },
}
