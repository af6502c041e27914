import type { Rules } from '#tests/rules/written.ts'

export const rules: Rules = {
  'demo.worlds': { service_role: { select: 'every column' } },
}
