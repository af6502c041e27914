/** Opens a dialog over everything, to the very edge of the window; the page below keeps its width where its scroll bar was. */
export function openOver(dialog: HTMLDialogElement): void {
  const html = document.documentElement
  if (!document.querySelector('dialog:modal'))
    html.style.setProperty('--gutter', `${window.innerWidth - html.getBoundingClientRect().width}px`)
  dialog.showModal()
}
