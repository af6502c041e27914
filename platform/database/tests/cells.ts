import type { Cells } from '#tests/rules/cells.ts'

export const cells: Cells = { 'migrations.steps': { stands: {} } }
