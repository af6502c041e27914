import type { Cells } from '#tests/rules/cells.ts'

export const cells: Cells = { 'demo.worlds': { stands: {} } }
