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
  'identity.browser_sessions': { service_role: { select: 'every column', insert: 'every column', delete: true } },
  'private.claims_of_cookie(bytea,boolean)': ['vivavoce_app'],
  'private.cookie_is_in_use(bytea)': ['vivavoce_app'],
  'private.account_follows()': [],
  'private.attempt(text,text,integer,interval)': ['service_role'],
}
