import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouterHistory } from '@tanstack/react-router'
import { Frame } from './frame/frame.tsx'
import { NotFound } from './frame/not-found.tsx'
import { Failed } from './frame/failed.tsx'
import { guarded } from './frame/guard.tsx'
import { isHere } from './here.ts'
import { PageSkeleton } from './parts/skeleton.tsx'
import type { WebPart } from './part.ts'

/** All pages of all parts, below one frame. */
export function routerOf(parts: readonly WebPart[], history?: RouterHistory) {
  const frame = createRootRoute({ component: Frame, notFoundComponent: NotFound })
  const routes = parts
    .filter((part) => isHere(part))
    .flatMap(({ pages }) => Object.entries(pages))
    .map(([path, { load, who = 'person', bare = false }]) =>
      createRoute({
        getParentRoute: () => frame,
        path: path.replaceAll(/:(\w+)/g, '$$$1'),
        component: guarded(
          lazyRouteComponent(async () => ({ default: await load() })),
          who,
        ),
        staticData: { bare },
      }),
    )
  return createRouter({
    routeTree: frame.addChildren(routes),
    defaultPendingComponent: PageSkeleton,
    defaultPendingMs: 150,
    defaultErrorComponent: Failed,
    defaultPreload: 'intent',
    // Drawn ahead, where it would be a script within the page, there is nothing to restore yet.
    ...(history ? { history } : { scrollRestoration: true }),
  })
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    bare?: boolean
  }
}
