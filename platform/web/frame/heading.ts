import { useEffect } from 'react'
import { useRouter } from '@tanstack/react-router'

/** Whoever hears the page is told where they are now: after going somewhere, the new page's heading has the focus. */
export function useHeadingAfterGoing(): void {
  const router = useRouter()
  useEffect(() => {
    const watcher = new MutationObserver(() => focusHeading() && watcher.disconnect())
    let here = router.latestLocation.pathname
    const stop = router.subscribe('onRendered', ({ toLocation: { pathname } }) => {
      if (pathname === here) return
      here = pathname
      watcher.disconnect()
      if (!focusHeading()) watcher.observe(document.body, { childList: true, subtree: true }) // it still loads
    })
    return () => (stop(), watcher.disconnect())
  }, [router])
}

/**
 * When what had the focus is gone with what was done, the heading of its section has it, or else the page's; never nothing.
 * A button that waits for an answer cannot have it, and gets it back.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let last: HTMLElement | undefined
    let section: Element | null | undefined
    let waits = false
    let due = 0
    const note = ({ target }: FocusEvent) => {
      const there = target as HTMLElement
      waits = false
      last = there.closest('main, dialog') ? there : undefined
      if (there.closest('main')) section = there.closest('section')
    }
    const keep = () => {
      if (!last || (document.activeElement ?? document.body) !== document.body) return
      if (isSeen(last)) {
        if (waits && !last.matches(':disabled')) last.focus({ preventScroll: true })
        return
      }
      const heading = section && isSeen(section) && section.querySelector('h2')
      if (heading) focusOn(heading)
      else focusHeading()
    }
    const watcher = new MutationObserver((changes) => {
      cancelAnimationFrame(due)
      if (!last) return
      if (last.matches(':disabled') && changes.some(({ target }) => target === last)) waits = true
      due = requestAnimationFrame(keep) // a sheet that closes gives the focus back itself
    })
    const leave = () => (waits = false)
    document.addEventListener('focusin', note)
    document.addEventListener('pointerdown', leave)
    watcher.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] })
    return () => {
      watcher.disconnect()
      cancelAnimationFrame(due)
      document.removeEventListener('focusin', note)
      document.removeEventListener('pointerdown', leave)
    }
  }, [])
}

const isSeen = (element: Element) => element.isConnected && element.checkVisibility()

function focusHeading(): boolean {
  const main = document.getElementById('main')
  const heading = [...(main?.querySelectorAll('h1') ?? [])].find((heading) => heading.checkVisibility()) // the page before may still lie there, hidden
  if (!main || !heading) return false
  if (main.contains(document.activeElement) && document.activeElement?.matches('input, textarea, select')) return true // the page itself knows better
  return focusOn(heading)
}

function focusOn(heading: HTMLElement): true {
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  return true
}
