import type { ReactNode } from 'react'

// One organ or domain, as the browser sees it. `app/web/parts.ts` is the one list.
export type WebPart = {
  /** The domain it is of: where that is switched off, none of it is there. */
  domain?: Exclude<Nav['hue'], 'ink'>
  pages: Pages
  /** What its refusals say to a person: what happened, what it means, what to do now. By the refusal's name. */
  words?: Words
  /** Its place in the navigation, once there is something behind it. */
  nav?: Nav
  /** Pages that Ctrl K finds by name, beside the one in the navigation. */
  places?: readonly Place[]
  /** What it has to say on Today, each a <Section>, loaded when Today is opened. */
  today?: readonly (() => Promise<Shown>)[]
}

export type Place = { label: string; to: Address; who?: 'administrator' }
export type Nav = Place & {
  /** Its hue, for wayfinding. */
  hue: 'practice' | 'speaking' | 'interviews' | 'mentoring' | 'care' | 'ink'
  /** Pressed after `g`, it goes there. */
  key: string
}
export type Address = `/${string}`

export type Pages = Record<Address, PageEntry>
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
