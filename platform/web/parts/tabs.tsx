import { Link, useLocation } from '@tanstack/react-router'
import './tabs.css'

type TabsProps = {
  label: string
  pages: readonly (readonly [to: string, name: string])[]
  /** By which page one is, where the address is another. */
  at?: Record<string, string>
}

/** From one page to its neighbours, in one row; on a phone it scrolls, with the page one is at in view. */
export function Tabs({ label, pages, at = {} }: TabsProps) {
  const { pathname } = useLocation()
  const here = at[pathname] ?? pathname
  const current = pages.findLast(([to]) => `${here}/`.startsWith(`${to}/`))
  return (
    <nav className="tabs" aria-label={label} ref={showCurrent}>
      {pages.map((page) => (
        <Link key={page[0]} to={page[0]} activeOptions={exact} aria-current={page === current ? 'page' : undefined}>
          {page[1]}
        </Link>
      ))}
    </nav>
  )
}

const exact = { exact: true, includeSearch: false }

function showCurrent(row: HTMLElement | null): void {
  const current = row?.querySelector<HTMLElement>('[aria-current]')
  if (row && current) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2
}
