import { Link } from '@tanstack/react-router'
import { Page, type PageProps } from '#platform/web/parts/page.tsx'
import './administration.css'

/** A page for administrators, below the way to the others. */
export function AdministrationPage(page: PageProps) {
  return (
    <div className="administration">
      <AdministrationNav />
      <Page {...page} />
    </div>
  )
}

const AdministrationNav = () => (
  <nav className="administration-nav" aria-label="Administration">
    {pages.map(([to, name]) => (
      <Link key={to} to={to} activeOptions={{ exact: to === '/administration', includeSearch: false }}>
        {name}
      </Link>
    ))}
  </nav>
)

const pages = [
  ['/administration', 'Overview'],
  ['/administration/people', 'People'],
  ['/administration/invitations', 'Invitations'],
  ['/administration/reports', 'Reports'],
  ['/administration/jobs', 'Jobs'],
  ['/administration/audit', 'Audit'],
  ['/administration/system', 'System'],
] as const
