import type { Rules } from '#tests/rules/written.ts'

export const rules: Rules = {
  'migrations.steps': { service_role: { select: 'every column' } },
  'private.touch_updated_at()': [],
  'private.refuse(text)': ['anon', 'authenticated', 'service_role'],
}
