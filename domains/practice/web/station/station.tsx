import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import { OnBeforeTheBell } from './go-on.tsx'
import { Briefs, Card, Markscheme } from './cards.tsx'
import { Panel } from './panel.tsx'
import { Notes } from './notes.tsx'
import { StationTabs, useNarrow, type Tab } from './station-tabs.tsx'
import { tabsOf, usual, type PanelName } from './panels.ts'
import type { Session } from './use-session.ts'
import './station.css'

// What is needed later loads later, but now: a server that is killed in the middle keeps nobody from marking.
const loadMarking = () => import('./marking.tsx')
const loadAsMarked = () => import('./as-marked.tsx')
const Marking = lazy(async () => ({ default: (await loadMarking()).Marking }))
const SheetAsMarked = lazy(async () => ({ default: (await loadAsMarked()).SheetAsMarked }))
const Words = lazy(async () => ({ default: (await loadAsMarked()).Words }))
const loadNext = () => import('./next-station.tsx')
const NextStation = lazy(async () => ({ default: (await loadNext()).NextStation }))
const soonNeeded = () => Promise.all([loadMarking(), loadAsMarked(), loadNext()])

/** The station beside the call, or by itself: what role and phase open, one panel at a time. */
export function Station({ session, inCall = false }: { session: Session; inCall?: boolean }) {
  const narrow = useNarrow()
  useEffect(() => void soonNeeded().catch(() => undefined), []) // asked for once more when it is shown
  const withCall = inCall && narrow
  const panels = tabsOf(session)
  const tabs: Tab<PanelName>[] = [...(withCall ? [{ id: 'call' as const, label: 'Call' }] : []), ...panels]
  const { shown, show } = useShown(session, tabs, withCall)
  const waits = session.phase === 'marking' && session.role === 'candidate' // for the sheet: also who looks at the other one reads it
  return (
    <div className="station" data-shown={shown} data-in-call={inCall || undefined}>
      <StationTabs tabs={tabs} shown={shown} show={show} />
      <div className="station-panels">
        {panels.map(({ id, label }) => (
          // Kept while another one is shown: what was typed and how far one has read.
          <div
            key={`${session.round} ${id}`}
            className="station-panel"
            role={tabs.length > 1 ? 'tabpanel' : 'region'}
            id={`panel-${id}`}
            aria-label={label}
            hidden={shown !== id}
            tabIndex={0} // it scrolls, also for whoever has no mouse
          >
            <Panel of={`${session.round} ${session.phase}`}>{contents[id]?.(session)}</Panel>
          </div>
        ))}
      </div>
      {(shown !== 'call' || waits) && <Foot session={session} />}
    </div>
  )
}

const contents: Partial<Record<PanelName, (session: Session) => ReactNode>> = {
  card: (session) => <Card session={session} />,
  briefs: (session) => <Briefs session={session} />,
  markscheme: (session) => <Markscheme session={session} />,
  notes: (session) => <Notes session={session} />,
  marking: (session) => <Marking session={session} />,
  sheet: (session) => <SheetAsMarked session={session} />,
  words: (session) => <Words session={session} />,
}

// With each phase comes what one needs in it; what one chose holds until the next.
function useShown(
  session: Session,
  tabs: readonly Tab<PanelName>[],
  withCall: boolean,
): { shown: PanelName; show: (panel: PanelName) => void } {
  const now = `${session.round} ${session.phase}`
  const [chosen, choose] = useState<{ in: string; panel: PanelName }>()
  const wanted = chosen?.in === now ? chosen.panel : usual(session, withCall)
  const shown = tabs.some(({ id }) => id === wanted) ? wanted : tabs.find(({ id }) => id !== 'call')!.id
  return { shown, show: (panel) => choose({ in: now, panel }) }
}

function Foot({ session }: { session: Session }) {
  const { phase, role } = session
  if (phase === 'feedback')
    return (
      <Suspense>
        <NextStation session={session} />
      </Suspense>
    )
  if (phase === 'marking' && role !== 'candidate') return null // handing the sheet in goes on
  return (
    <div className="station-foot">
      <OnBeforeTheBell session={session} filled={phase === 'reading'} />
    </div>
  )
}
