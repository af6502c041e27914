import type { Me } from '../me.ts'
import type { Opened as What } from './keys.ts'
import { KeysHelp } from './keys-help.tsx'
import { Palette } from './palette.tsx'

/** What keys open. It is loaded before they are pressed, so that the letters after them are not lost. */
export function Opened({ open, person, close }: { open: What; person: Me; close: () => void }) {
  if (open === 'palette') return <Palette person={person} close={close} />
  if (open === 'keys') return <KeysHelp person={person} close={close} />
  return null
}
