import type { ReactNode } from 'react'
import './quote.css'

/** Somebody's own words. */
export const Quote = ({ children, from }: { children: ReactNode; from?: string }) => (
  <figure className="quote">
    <blockquote>{children}</blockquote>
    {from && <figcaption>{from}</figcaption>}
  </figure>
)
