import type { Rules } from '#tests/rules/written.ts'

// Where a browser is reached is told to nobody, not even to whom it belongs.
export const rules: Rules = {
  'push.subscriptions': {
    authenticated: { select: ['id', 'person_id', 'session_id', 'made_at', 'last_ok_at', 'failures'], delete: true },
    service_role: { select: 'every column', update: ['last_ok_at', 'failures'], delete: true },
  },
  'push.pokes': { service_role: { select: 'every column', update: ['in_hand_until'], delete: true } },
  'private.subscribe(text)': ['authenticated'],
  'private.my_subscriptions()': ['authenticated'],
  'private.subscription_follows_browser()': [],
  'private.pokable(uuid)': [],
  'private.poke(uuid,text)': [],
  'private.take_poke(uuid)': ['service_role'],
  'private.note_poke(uuid,integer,text)': ['service_role'],
}
