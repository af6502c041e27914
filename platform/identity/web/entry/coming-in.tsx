import { useLayoutEffect, useRef, type ReactNode } from 'react'
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
  useLayoutEffect(() => {
    const goTo = at ?? (said.current === title ? undefined : 'h1')
    said.current = title
    const there = goTo && column.current?.querySelector<HTMLElement>(goTo)
    if (!there) return
    if (goTo === 'h1') there.setAttribute('tabindex', '-1')
    there.focus()
  }, [title, at])
  return (
    <div className="coming-in" ref={column}>
      <Page title={title} lead={lead}>
        {children}
      </Page>
    </div>
  )
}

/** What else one may do here, below the one thing most people do. */
export const Besides = ({ children }: { children: ReactNode }) => <div className="coming-in-besides">{children}</div>

export const Quietly = ({ children }: { children: ReactNode }) => <p className="coming-in-quiet">{children}</p>
