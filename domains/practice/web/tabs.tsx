import { useLocation } from '@tanstack/react-router'
import { useWho } from '#platform/web/me.ts'
import { Page, type PageProps } from '#platform/web/parts/page.tsx'
import { Tabs } from '#platform/web/parts/tabs.tsx'

/** A page of practice, below the way to the others. */
export const PracticePage = (page: PageProps) => (
  <>
    <PracticeTabs />
    <Page {...page} />
  </>
)

/** Whoever is not signed in has two of them. */
export function PracticeTabs() {
  const me = useWho()
  const { pathname } = useLocation()
  const at = pathname.startsWith('/practice/results') ? { [pathname]: '/practice/progress' } : {}
  return <Tabs label="Practice" pages={me && me !== 'pending' ? pages : open} at={at} />
}

const pages = [
  ['/practice', 'Find a partner'],
  ['/practice/sessions', 'My sessions'],
  ['/practice/cases', 'Cases'],
  ['/practice/progress', 'Progress'],
  ['/practice/groups', 'Groups'],
] as const

const open = pages.filter(([to]) => to === '/practice' || to === '/practice/cases')
