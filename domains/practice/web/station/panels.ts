import type { Session } from './use-session.ts'

export type PanelName = 'call' | 'card' | 'notes' | 'marking' | 'sheet' | 'words' | 'markscheme' | 'briefs'
type Has = Pick<Session, 'role' | 'phase' | 'type'>

/** What there is to see, by role and phase, as "Who may see what" in the README has it; what is not open yet has no tab. */
export function tabsOf({ role, phase, type }: Has): { id: PanelName; label: string }[] {
  const marked = type === 'mock'
  if (phase === 'feedback')
    return [
      ...(marked ? [role === 'candidate' ? sheet : marking] : []),
      markscheme,
      ...(role === 'alone' ? [card, notes] : [briefs, words]),
    ]
  if (role === 'alone') return phase === 'marking' ? [marking, markscheme, card, notes] : [card, notes]
  if (role === 'actor') return phase === 'reading' || !marked ? [card] : [card, marking]
  return [card, notes]
}

const card = { id: 'card', label: 'Card' } as const
const notes = { id: 'notes', label: 'Notes' } as const
const marking = { id: 'marking', label: 'Sheet' } as const
const sheet = { id: 'sheet', label: 'Sheet' } as const
const markscheme = { id: 'markscheme', label: 'Markscheme' } as const
const words = { id: 'words', label: 'Words' } as const
const briefs = { id: 'briefs', label: 'Cards' } as const

/** What one needs first in this phase. On a phone the candidate looks at the patient. */
export function usual({ role, phase, type }: Has, withCall: boolean): PanelName {
  if (phase === 'reading') return 'card'
  if (phase === 'running') return role === 'candidate' && withCall ? 'call' : 'card'
  if (type === 'review') return 'markscheme'
  if (phase === 'marking') return role === 'candidate' ? (withCall ? 'call' : 'card') : 'marking'
  return role === 'candidate' ? 'sheet' : 'marking'
}
