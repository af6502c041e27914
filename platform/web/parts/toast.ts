import './toast.css'

// One line at the foot of the screen, said politely and gone by itself: what was done, and a way back where there is one.
// A plain element, so that whatever has done something can say so.

export type Saying = { undo?: () => void }

/** `say('Saved')`, `say('Notice removed', { undo })`. The one before goes. */
export function say(text: string, { undo }: Saying = {}): void {
  const line = document.createElement('div')
  line.className = 'toast'
  line.append(Object.assign(document.createElement('span'), { textContent: text }))
  if (undo) line.append(undoButton(() => (hush(), undo())))
  region.replaceChildren(line)
  clearTimeout(leaving)
  const leaves = undo ? 12_000 : 5_000
  const wait = () => (leaving = setTimeout(hush, leaves))
  line.addEventListener('pointerenter', () => clearTimeout(leaving))
  line.addEventListener('pointerleave', wait)
  line.addEventListener('focusin', () => clearTimeout(leaving))
  line.addEventListener('focusout', wait)
  wait()
}

export function hush(): void {
  clearTimeout(leaving)
  region.replaceChildren()
}
let leaving: ReturnType<typeof setTimeout> | undefined

// There before anything is said: only what changes in it is read out.
const region = Object.assign(document.createElement('section'), { className: 'toasts', ariaLabel: 'Messages', ariaLive: 'polite' })
document.body.append(region)

const undoButton = (onclick: () => void) =>
  Object.assign(document.createElement('button'), { type: 'button', textContent: 'Undo', onclick } as const)
