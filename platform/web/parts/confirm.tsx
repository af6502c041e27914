import type { ReactNode } from 'react'
import { Edit, type EditProps } from './edit.tsx'

export type ConfirmProps<I, O> = Omit<EditProps<I, O>, 'submit' | 'variant' | 'asks' | 'says'> & {
  /** What it will do, and whether there is a way back. */
  says: ReactNode
}

/** A button for what cannot be taken back: asks once, says what follows. Its verb is on both buttons. */
export const Confirm = <I, O>(confirm: ConfirmProps<I, O>) => <Edit {...confirm} submit={confirm.verb} variant="danger" asks />
