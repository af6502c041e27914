import type { ReactNode } from 'react'
import './empty.css'

/** Nothing yet: what this will be, and the first step. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action}
    </div>
  )
}
