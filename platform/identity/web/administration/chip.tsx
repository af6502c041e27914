import type { ReactNode } from 'react'

/** A state in a word. */
export const Chip = ({ is, children }: { is?: 'good' | 'warn' | 'bad'; children: ReactNode }) => (
  <span className={is ? `chip chip-${is}` : 'chip'}>{children}</span>
)
