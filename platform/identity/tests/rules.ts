import type { Rules } from '#tests/rules/written.ts'
import { accountRules } from './account-rules.ts'
import { waysInRules } from './ways-in-rules.ts'

// Nobody deletes an account: not even the server may.
export const rules: Rules = {
  ...accountRules,
  ...waysInRules,
  'identity.accounts': {
    authenticated: { select: 'every column', update: ['zone'] },
    service_role: { select: 'every column', update: ['adult_declared_at', 'zone', 'avatar_file_id', 'suspended_at'] },
  },
  'identity.attempts': { service_role: { select: 'every column', delete: true } },
  'identity.ended_sessions': { service_role: { select: 'every column', insert: ['session_id'], delete: true } },
  'identity.used_codes': { service_role: { select: 'every column', insert: ['factor_id', 'step'], delete: true } },
  'identity.browser_sessions': {
    service_role: { select: 'every column', insert: ['token_hash', 'session_id', 'user_id', 'expires_at'], delete: true },
  },
  'private.claims_of_cookie(bytea,boolean)': ['vivavoce_app'],
  'private.cookie_is_in_use(bytea)': ['vivavoce_app'],
  'identity.account_followers': {},
  'private.account_follows()': [],
  'private.browser_is_let_in()': [],
  'private.browser_claims()': [],
  'private.browsers_follow_account()': [],
  'private.browsers_follow_user()': [],
  'private.browsers_follow_session()': [],
  'private.browsers_follow_factor()': [],
  'private.has_second_factor(uuid)': [],
  'private.attempt(text,text,integer,interval)': ['service_role'],
}
