import type { ComponentType } from 'react'
import { Navigate, useLocation, type AsyncRouteComponent, type RouteComponent } from '@tanstack/react-router'
import { useWho } from '../me.ts'
import type { PageEntry } from '../part.ts'
import { NotFound } from './not-found.tsx'

/** Who is not who a page is for is shown the way, and led back afterwards. */
export function guarded(Page: AsyncRouteComponent<object>, who: NonNullable<PageEntry['who']>): RouteComponent {
  const Shown = Page as ComponentType
  if (who === 'anyone') return Page as RouteComponent
  function Guarded() {
    const me = useWho()
    const { href } = useLocation()
    if (me === null) return <Navigate to="/sign-in" search={{ next: href }} replace />
    if (me === 'pending') return <Navigate to="/sign-in/second-factor" search={{ next: href }} replace />
    if (who === 'administrator' && !me.administrator) return <NotFound />
    return <Shown />
  }
  return Object.assign(Guarded, { preload: Page.preload }) as RouteComponent
}
