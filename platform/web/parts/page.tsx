import { Suspense, useEffect, type ReactNode } from 'react'
import { Skeleton } from './skeleton.tsx'
import './page.css'

export type PageProps = {
  /** Also the window's title. */
  title: string
  /** One quiet sentence below it. */
  lead?: ReactNode
  /** The one primary action of the page. */
  action?: ReactNode
  /** The way back to the page this one belongs to: a link. */
  above?: ReactNode
  /** For the few pages where one arrives rather than works: the title is larger. */
  grand?: boolean
  children: ReactNode
}

/** Its heading stands while what is in it still loads. */
export function Page({ title, lead, action, above, grand = false, children }: PageProps) {
  useEffect(() => void (document.title = `${title} – Vivavoce`), [title])
  return (
    <div className="page">
      <header className="page-head">
        {above && <div className="page-above">{above}</div>}
        <h1 tabIndex={-1} className={grand ? 'page-title page-title-grand' : 'page-title'}>
          {title}
        </h1>
        {action && (
          <div className="page-action">
            <Suspense>{action}</Suspense>
          </div>
        )}
        {lead && (
          <p className="page-lead">
            <Suspense fallback={<span className="skeleton-line" />}>{lead}</Suspense>
          </p>
        )}
      </header>
      <Suspense fallback={<Skeleton shape="rows" lines={4} />}>{children}</Suspense>
    </div>
  )
}
