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

function focusHeading(): boolean {
  const main = document.getElementById('main')
  const heading = [...(main?.querySelectorAll('h1') ?? [])].find((heading) => heading.checkVisibility()) // the page before may still lie there, hidden
  if (!main || !heading) return false
  if (main.contains(document.activeElement) && document.activeElement?.matches('input, textarea, select')) return true // the page itself knows better
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  return true
}
