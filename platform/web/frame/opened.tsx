import type { Me } from '../me.ts'
import type { Opened as What } from './keys.ts'
import { KeysHelp } from './keys-help.tsx'
import { Palette } from './palette.tsx'

/** What keys open. It is loaded when there is time, before they are pressed as a rule. */
export function Opened({ open, person, close }: { open: What; person: Me; close: () => void }) {
  if (open === 'palette') return <Palette person={person} close={close} />
  if (open === 'keys') return <KeysHelp person={person} close={close} />
  return null
}
