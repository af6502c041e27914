import { useEffect, type ReactNode } from 'react'
import './page.css'

export type PageProps = {
  /** Also the window's title. */
  title: string
  /** One quiet sentence below it. */
  lead?: ReactNode
  /** The one primary action of the page. */
  action?: ReactNode
  children: ReactNode
}

export function Page({ title, lead, action, children }: PageProps) {
  useEffect(() => void (document.title = `${title} – Vivavoce`), [title])
  return (
    <div className="page">
      <header className="page-head">
        <h1>{title}</h1>
        {action}
        {lead && <p className="page-lead">{lead}</p>}
      </header>
      {children}
    </div>
  )
}
