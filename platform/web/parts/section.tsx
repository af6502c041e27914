import { Suspense, useId, type ReactNode } from 'react'
import { Skeleton } from './skeleton.tsx'
import './section.css'

export type SectionProps = { title: string; lead?: ReactNode; action?: ReactNode; children?: ReactNode }

/** A part of a page with a heading of its own; a landmark by that name. It stands while what is in it still loads. */
export function Section({ title, lead, action, children }: SectionProps) {
  const heading = useId()
  return (
    <section className="section" aria-labelledby={heading}>
      <div className="section-head">
        <h2 id={heading}>{title}</h2>
        {action}
      </div>
      {lead && <p className="section-lead">{lead}</p>}
      <Suspense fallback={<Skeleton />}>{children}</Suspense>
    </section>
  )
}
