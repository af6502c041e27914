import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react'
import { Page } from '#platform/web/parts/page.tsx'
import './coming-in.css'

export type ComingInProps = {
  title: string
  lead?: ReactNode
  /** Where one is when this comes: by selector. Otherwise at the heading, if the column has come to say something else. */
  at?: 'input:not([type=hidden])' | 'h1'
  children?: ReactNode
}

/** One calm column, in which one thing is to be done. */
export function ComingIn({ title, lead, at, children }: ComingInProps) {
  const column = useRef<HTMLDivElement>(null)
  const said = useRef(title)
  const arrive = () => {
    const goTo = at ?? (said.current === title ? undefined : 'h1')
    said.current = title
    if (goTo) column.current?.querySelector<HTMLElement>(goTo)?.focus()
  }
  return (
    <div className="coming-in" ref={column}>
      <Page title={title} lead={lead}>
        {children}
        <Arrived key={title} then={arrive} />
      </Page>
    </div>
  )
}

/** Comes with what stands before it, which may still load. */
function Arrived({ then }: { then: () => void }) {
  const arrive = useEffectEvent(then)
  useEffect(() => arrive(), [])
  return null
}

/** What else one may do here, below the one thing most people do. */
export const Besides = ({ children }: { children: ReactNode }) => <div className="coming-in-besides">{children}</div>

export const Quietly = ({ children }: { children: ReactNode }) => <p className="coming-in-quiet">{children}</p>
