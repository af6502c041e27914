import { Page, type PageProps } from '#platform/web/parts/page.tsx'
import { Tabs } from '#platform/web/parts/tabs.tsx'
import './administration.css'

/** A page for administrators, below the way to the others. */
export function AdministrationPage(page: PageProps) {
  return (
    <div className="administration">
      <Tabs label="Administration" pages={pages} />
      <Page {...page} />
    </div>
  )
}

const pages = [
  ['/administration', 'Overview'],
  ['/administration/people', 'People'],
  ['/administration/invitations', 'Invitations'],
  ['/administration/reports', 'Reports'],
  ['/administration/jobs', 'Jobs'],
  ['/administration/audit', 'Audit'],
  ['/administration/system', 'System'],
] as const
