/** Where a key goes from a day, unless somebody types, or something is open above. */
export function stepOf({ key, ctrlKey, metaKey, altKey, shiftKey, target }: KeyboardEvent): 1 | -1 | undefined {
  if (ctrlKey || metaKey || altKey || shiftKey || document.querySelector('dialog[open], [aria-modal=true]')) return undefined
  if (target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select, [role=menu] *')))
    return undefined
  return steps[key]
}
const steps: Record<string, 1 | -1> = { j: 1, ArrowRight: 1, k: -1, ArrowLeft: -1 }
