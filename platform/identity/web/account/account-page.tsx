import { Page, type PageProps } from '#platform/web/parts/page.tsx'
import { Tabs } from '#platform/web/parts/tabs.tsx'
import './rows.css'

/** A page of one's account, below the way to the others. */
export function AccountPage({ children, ...page }: PageProps) {
  return (
    <>
      <Tabs label="Your account" pages={pages} at={{ '/account/exports': '/account/data' }} />
      <Page {...page}>
        <div className="account">{children}</div>
      </Page>
    </>
  )
}

const pages = [
  ['/account', 'You'],
  ['/account/sign-in', 'Sign-in'],
  ['/account/sessions', 'Devices'],
  ['/account/notifications', 'Notices'],
  ['/account/calendar', 'Calendar'],
  ['/account/data', 'Data'],
  ['/account/people', 'People'],
] as const
