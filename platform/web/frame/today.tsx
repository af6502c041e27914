import { lazy, Suspense } from 'react'
import { useMe } from '../me.ts'
import { Page } from '../parts/page.tsx'
import { Section } from '../parts/section.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import type { WebPart } from '../part.ts'
import { FirstSteps } from './first-steps.tsx'
import { greeting, today } from './greeting.ts'
import { LeavingSoon } from './leaving-soon.tsx'
import { useParts } from './parts.ts'
import { RoomList } from './room-list.tsx'
import './today.css'

export function Today() {
  const me = useMe()
  const sections = sectionsOf(useParts())
  return (
    <Page title={greeting(me)} lead={`${today(me)}. ${sections.length === 0 ? 'Nothing is planned.' : ''}`}>
      <div className="today">
        <div>
          {me.erases_at && <LeavingSoon erases_at={me.erases_at} />}
          {sections.map((OfPart, at) => (
            <Suspense key={at} fallback={<Skeleton />}>
              <OfPart />
            </Suspense>
          ))}
          <Suspense fallback={<Skeleton lines={5} />}>
            <FirstSteps me={me} />
          </Suspense>
        </div>
        <Section title="What this house is for" lead="As each room opens, what is next in it stands on this page.">
          <RoomList />
        </Section>
      </div>
    </Page>
  )
}

type Shown = ReturnType<typeof lazySection>
const lazySection = (load: NonNullable<WebPart['today']>[number]) => lazy(async () => ({ default: await load() }))
const known = new Map<unknown, Shown>()

function sectionsOf(parts: readonly WebPart[]): Shown[] {
  return parts.flatMap(({ today = [] }) =>
    today.map((load) => {
      const section = known.get(load) ?? lazySection(load)
      known.set(load, section)
      return section
    }),
  )
}
