import { Link, useLocation } from '@tanstack/react-router'
import '#platform/web/parts/filters.css'

/** Below the tab "Progress": its pages. */
export function Ways() {
  const { pathname } = useLocation()
  return (
    <nav className="filters" aria-label="Progress">
      {ways.map(([to, name]) => (
        <Link key={to} to={to} className="filter" activeOptions={exact} aria-current={to === pathname ? 'page' : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  )
}

const exact = { exact: true, includeSearch: false }
const ways = [
  ['/practice/progress', 'How it is going'],
  ['/practice/results', 'Played'],
  ['/practice/results/shared', 'Shown to you'],
] as const
