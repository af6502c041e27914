import type { ComponentType } from 'react'
import type { AsyncRouteComponent, RouteComponent } from '@tanstack/react-router'
import { useWho } from '../me.ts'
import type { PageEntry } from '../part.ts'
import { NotFound } from './not-found.tsx'
import { ToSignIn } from './to-sign-in.tsx'

/** Who is not who a page is for is shown the way, and led back afterwards. */
export function guarded(Page: AsyncRouteComponent<object>, who: NonNullable<PageEntry['who']>): RouteComponent {
  const Shown = Page as ComponentType
  if (who === 'anyone') return Page as RouteComponent
  function Guarded() {
    const me = useWho()
    if (me === null) return <ToSignIn />
    if (me === 'pending') return <ToSignIn by="/sign-in/second-factor" />
    if (who === 'administrator' && !me.administrator) return <NotFound />
    return <Shown />
  }
  return Object.assign(Guarded, { preload: Page.preload }) as RouteComponent
}
