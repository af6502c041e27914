import type { FocusEvent } from 'react'

/** A popover that the keyboard has left closes: else it lies over what one comes by next. */
export function closeBehind({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void {
  if (relatedTarget && !currentTarget.contains(relatedTarget)) currentTarget.hidePopover()
}
