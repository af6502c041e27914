import { Page, type PageProps } from '#platform/web/parts/page.tsx'
import { AccountNav } from './nav.tsx'
import './rows.css'

/** A page of one's account, below the way to the others. */
export function AccountPage({ children, ...page }: PageProps) {
  return (
    <>
      <AccountNav />
      <Page {...page}>
        <div className="account">{children}</div>
      </Page>
    </>
  )
}
