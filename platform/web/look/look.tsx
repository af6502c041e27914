import { NotFound } from '../frame/not-found.tsx'
import { Page } from '../parts/page.tsx'
import { AboutSomebody } from './about-somebody.tsx'
import { Colours, Type } from './ground.tsx'
import { Lists } from './lists.tsx'
import { Pictures } from './pictures.tsx'
import { Sheets } from './sheets.tsx'
import { Writing } from './writing.tsx'

// For whoever builds, on a machine of their own.
const isHere = /^(localhost|127\.|\[::1\])/.test(location.hostname)

export function Look() {
  if (!isHere) return <NotFound />
  return (
    <Page title="The look" lead="Paper, ink, one deep teal. Coral means: happening now." grand>
      <Type />
      <Colours />
      <Writing />
      <Sheets />
      <Lists />
      <AboutSomebody />
      <Pictures />
    </Page>
  )
}
