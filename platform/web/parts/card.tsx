import { useId, type ReactNode } from 'react'
import './card.css'

export type CardProps = {
  title: string
  /** What is happening now: coral, and nothing else is. */
  live?: ReactNode
  lead?: ReactNode
  /** Its buttons, the primary one first. */
  actions?: ReactNode
  children?: ReactNode
}

/** Something one can act on. What is only read is a row or a section. */
export function Card({ title, live, lead, actions, children }: CardProps) {
  const heading = useId()
  return (
    <section className={live ? 'card card-live' : 'card'} aria-labelledby={heading}>
      {live && <p className="card-now">{live}</p>}
      <h2 id={heading}>{title}</h2>
      {lead && <p className="card-lead">{lead}</p>}
      {children}
      {actions && <div className="card-actions">{actions}</div>}
    </section>
  )
}
