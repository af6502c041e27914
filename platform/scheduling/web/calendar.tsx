import { Suspense, useEffect, useRef, useState } from 'react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Page } from '#platform/web/parts/page.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { useRead } from '#platform/web/read.ts'
import { readCalendar } from '../api.ts'
import { dayOf, isDay, mondayOf, plusDays, startOf, type Day } from '../time.ts'
import { Entry } from './entry.tsx'
import { useChanges } from './live.ts'
import { useNow } from './now.ts'
import { stepOf } from './steps.ts'
import { spoken, useZone } from './zone.ts'
import './calendar.css'

export function Calendar() {
  const { zone, said, elsewhere } = useZone()
  const now = useNow()
  const today = dayOf(new Date(now), zone)
  const { week } = useSearch({ strict: false }) as { week?: unknown }
  const monday = mondayOf(typeof week === 'string' && isDay(week) && week > '2000' && week < '2199' ? week : today)
  const walk = useWalk(monday, today)
  useChanges()
  return (
    <Page
      title="Calendar"
      lead={
        <>
          {spanOf(monday)}. Times are those of {spoken(zone)}
          {said ? '.' : ', where this device is set. '}
          {elsewhere && ` This device is set to ${spoken(elsewhere)}.`}
          {!said && <Link to="/account">Say where you live</Link>}
        </>
      }
      action={
        <nav className="weeks" aria-label="Weeks">
          <Link className="weeks-go" to="/calendar" search={{ week: plusDays(monday, -7) }} aria-label="The week before">
            {back}
          </Link>
          <Link className="weeks-go" to="/calendar" aria-current={monday === mondayOf(today) ? 'true' : undefined}>
            This week
          </Link>
          <Link className="weeks-go" to="/calendar" search={{ week: plusDays(monday, 7) }} aria-label="The week after">
            {on}
          </Link>
        </nav>
      }
    >
      <Suspense key={monday} fallback={<Skeleton shape="rows" lines={7} />}>
        <Week monday={monday} today={today} zone={zone} now={now} walk={walk} />
      </Suspense>
    </Page>
  )
}

function Week({ monday, today, zone, now, walk }: { monday: Day; today: Day; zone: string; now: number; walk: Walk }) {
  const days = Array.from({ length: 7 }, (_, day) => plusDays(monday, day))
  const { items } = useRead(readCalendar, {
    from: startOf(monday, zone).toISOString(),
    until: startOf(plusDays(monday, 7), zone).toISOString(),
  })
  const week = useRef<HTMLDivElement>(null)
  useEffect(() => walk.arrive(week.current!), [walk])
  return (
    <>
      {items.length === 0 && (
        <Empty>
          Nothing is planned in this week. What you plan or are asked to in any room stands here, and your time is kept free for it.{' '}
          <Link to="/account/calendar">Show it in the calendar you use elsewhere</Link>
        </Empty>
      )}
      <div className="week" ref={week}>
        {days.map((day) => {
          // What began the evening before stands where it began, but for what was under way when the week began.
          const ofDay = items.filter(({ starts_at }) => {
            const began = dayOf(starts_at, zone)
            return began === day || (day === monday && began < monday)
          })
          return (
            <section
              key={day}
              className="day"
              aria-labelledby={`day-${day}`}
              data-today={day === today || undefined}
              data-empty={ofDay.length === 0 || undefined}
            >
              <h2 id={`day-${day}`} tabIndex={-1} data-day={day}>
                <span className="day-name">{nameOf(day)}</span> {dateOf(day)}
                {day === today && <span className="day-today">Today</span>}
              </h2>
              {ofDay.length === 0 ? (
                <p className="day-free">Nothing</p>
              ) : (
                <ul aria-label={`Planned on ${nameOf(day)}`}>
                  {ofDay.map((planned) => (
                    <li key={planned.id}>
                      <Entry planned={planned} zone={zone} now={now} />
                    </li>
                  ))}
                </ul>
              )}
            </section>
          )
        })}
      </div>
    </>
  )
}

type Walk = { arrive: (week: HTMLElement) => void }

/** J and K, or the arrows to the right and left: from day to day, and over the end of a week into the next. */
function useWalk(monday: Day, today: Day): Walk {
  const navigate = useNavigate()
  const [walk] = useState(() => ({ goal: undefined as Day | undefined }))
  useEffect(() => {
    const focus = (day: Day) => document.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus()
    const onKey = (event: KeyboardEvent) => {
      const step = stepOf(event)
      if (!step) return
      event.preventDefault()
      const here = walk.goal ?? document.activeElement?.closest('.day')?.querySelector<HTMLElement>('[data-day]')?.dataset['day']
      const first = mondayOf(today) === monday ? today : monday
      const goal = here ? plusDays(here, step) : first
      if (mondayOf(goal) === monday) return focus(goal)
      walk.goal = goal // until its week is there
      void navigate({ to: '/calendar', search: { week: mondayOf(goal) } })
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [monday, today, navigate, walk])
  const [arriving] = useState(() => ({
    arrive: (week: HTMLElement) => {
      if (!walk.goal) return
      // After the frame has put the focus on the heading; what is pressed meanwhile goes on from the goal.
      setTimeout(() => {
        week.querySelector<HTMLElement>(`[data-day="${walk.goal}"]`)?.focus()
        walk.goal = undefined
      })
    },
  }))
  return arriving
}

// Days have no zone; they are written as if they were UTC's.
const format = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
  return (day: Day) => format.format(new Date(`${day}T00:00Z`))
}
const nameOf = format({ weekday: 'long' })
const dateOf = format({ day: 'numeric', month: 'short' })
const withMonth = format({ day: 'numeric', month: 'long' })
const withYear = format({ day: 'numeric', month: 'long', year: 'numeric' })
const spanOf = (monday: Day) => `${withMonth(monday)} to ${withYear(plusDays(monday, 6))}`

const arrow = (path: string) => (
  <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" aria-hidden>
    <path d={path} />
  </svg>
)
const back = arrow('M10 3.5 5.5 8 10 12.5')
const on = arrow('M6 3.5 10.5 8 6 12.5')
