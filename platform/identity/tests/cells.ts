import type { Cells } from '#tests/rules/cells.ts'

const anAdministrator = ':me in (select user_id from identity.admins)'

// What lets somebody in is the server's alone, and not its owner's either: a key, a hash, a challenge, a sign-in.
export const cells: Cells = {
  'identity.accounts': {
    stands: { own: 'user_id = :me' },
    person: { select: ['own'], update: ['own'] },
  },
  'identity.admins': { stands: { shared: anAdministrator }, person: { select: ['shared'] } },
  'identity.invitations': { stands: { shared: anAdministrator }, person: { select: ['shared'] } },
  // An export of another person's was made for an administrator, and is theirs no longer than they are one.
  'identity.exports': {
    stands: { own: 'for_id = :me and user_id = :me', shared: `for_id = :me and ${anAdministrator}` },
    person: { select: ['own', 'shared'] },
    scene: `insert into identity.exports (user_id, for_id) values (:amara, :amara), (:robin, :ruth), (:robin, :jonas)`,
  },
  'identity.deletions': {
    stands: { own: 'user_id = :me' },
    person: { select: ['own'] },
    scene: `insert into identity.deletions (user_id, requested_by, erases_at, cancel_hash)
      values (:robin, :robin, now() + interval '7 days', sha256('robin')), (:mateo, :ruth, now() + interval '7 days', sha256('mateo'))`,
  },
  'identity.erased_parts': {
    stands: {},
    service: { insert: `insert into identity.erased_parts (deletion_id, part) select id, 'mail' from identity.deletions limit 1` },
    scene: `insert into identity.erased_parts (deletion_id, part) select id, 'files' from identity.deletions`,
  },
  'identity.passkeys': {
    stands: { own: 'user_id = :me' },
    person: { select: ['own'], update: ['own'], set: `name = 'the blue one'` },
    service: {
      insert: `insert into identity.passkeys (user_id, credential_id, public_key, counter, transports, backed_up, name)
        values (:ruth, 'third', '\\x00', 0, '{}', false, 'a key')`,
    },
    scene: `insert into identity.passkeys (user_id, credential_id, public_key, counter, transports, backed_up, name)
      values (:amara, 'first', '\\x00', 0, '{}', false, 'a key'), (:robin, 'second', '\\x00', 0, '{}', false, 'a key')`,
  },
  'identity.recovery_codes': {
    stands: { own: 'user_id = :me' },
    person: { select: ['own'] },
    service: { insert: `insert into identity.recovery_codes (code_hash, user_id, set_id) values (sha256('3'), :ruth, gen_random_uuid())` },
    scene: `insert into identity.recovery_codes (code_hash, user_id, set_id)
      values (sha256('1'), :amara, gen_random_uuid()), (sha256('2'), :robin, gen_random_uuid())`,
  },
  'identity.passkey_challenges': {
    stands: {},
    service: { insert: `insert into identity.passkey_challenges (challenge, user_id) values (repeat('y', 43), :ruth)` },
    scene: `insert into identity.passkey_challenges (challenge, user_id) values (repeat('x', 43), :amara)`,
  },
  'identity.browser_sessions': {
    stands: {},
    service: {
      insert: `insert into identity.browser_sessions (token_hash, session_id, user_id, expires_at)
        values (sha256('two'), '0dec0de0-0000-4000-8000-0000000000f1', :amara, now() + interval '1 day')`,
    },
    scene: `insert into auth.sessions (id, user_id, aal, created_at, updated_at) values ('0dec0de0-0000-4000-8000-0000000000f1', :amara, 'aal1', now(), now());
      insert into identity.browser_sessions (token_hash, session_id, user_id, expires_at)
      values (sha256('one'), '0dec0de0-0000-4000-8000-0000000000f1', :amara, now() + interval '1 day')`,
  },
  'identity.ended_sessions': {
    stands: {},
    service: { insert: 'insert into identity.ended_sessions (session_id) values (gen_random_uuid())' },
    scene: 'insert into identity.ended_sessions (session_id) values (gen_random_uuid())',
  },
  'identity.used_codes': {
    stands: {},
    service: { insert: 'insert into identity.used_codes (factor_id, step) values (gen_random_uuid(), 2)' },
    scene: 'insert into identity.used_codes (factor_id, step) values (gen_random_uuid(), 1)',
  },
  'identity.journeys': {
    stands: {},
    service: {
      insert: `insert into identity.journeys (state_hash, browser_hash, provider, redirect_to, adult, challenge, challenge_method)
        values (sha256('c'), sha256('d'), 'somewhere', '/', true, 'x', 's256')`,
    },
    scene: `insert into identity.journeys (state_hash, browser_hash, provider, redirect_to, adult, challenge, challenge_method)
      values (sha256('a'), sha256('b'), 'somewhere', '/', true, 'x', 's256')`,
  },
  'identity.newcomers': {
    stands: {},
    service: {
      insert: `insert into identity.newcomers (browser_hash, found, redirect_to, challenge, challenge_method) values (sha256('b'), '{}', '/', 'x', 's256')`,
    },
    scene: `insert into identity.newcomers (browser_hash, found, redirect_to, challenge, challenge_method) values (sha256('a'), '{}', '/', 'x', 's256')`,
  },
  'identity.proposed_links': {
    stands: {},
    service: { insert: `insert into identity.proposed_links (word_hash, user_id, found) values (sha256('b'), :ruth, '{}')` },
    scene: `insert into identity.proposed_links (word_hash, user_id, found) values (sha256('a'), :amara, '{}')`,
  },
  'identity.attempts': { stands: {}, scene: `insert into identity.attempts (what, whom, whole) values ('sign-in', 'amara', now())` },
  'identity.account_followers': {
    stands: {},
    scene: `insert into identity.account_followers (function) values ('nobody_follows_account')`,
  },
  'identity.setup_links': {
    stands: {},
    scene: `insert into identity.setup_links (token_hash, expires_at) values (sha256('a'), now() + interval '1 hour')`,
  },
}
