import type { ReactNode } from 'react'

// One organ or domain, as the browser sees it. `app/web/parts.ts` is the one list.
export type WebPart = {
  pages: Pages
  /** What its refusals say to a person: what happened, what it means, what to do now. By the refusal's name. */
  words?: Words
}

export type Pages = Record<`/${string}`, PageEntry>
export type PageEntry = {
  /** Pages load when they are first opened. */
  load: () => Promise<Shown>
  /** Whoever is not signed in is asked to, and led back here (unless said otherwise). */
  who?: 'anyone' | 'person' | 'administrator'
  /** Without the navigation: signing in, setting up. */
  bare?: true
}
/** A page: a component without properties. */
export type Shown = () => ReactNode
export type Words = Record<string, string>
