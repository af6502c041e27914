import { useState, type ReactNode } from 'react'
import type { Clock, Showing } from '../clock.ts'
import { usePhaseSaid } from './announcer.ts'
import { ring } from './bells.ts'
import { inMinutes, inWords, useBells, useShowing } from './clock-state.ts'
import './clock.css'

type ClockFaceProps = {
  clock: Clock
  announce: (text: string) => void
  /** The last phase goes on when its time is over, until somebody ends it. */
  stays?: boolean
  /** What one does with it. */
  children?: ReactNode
}

/** The phases, what is left, and a bell that is seen as well as heard. By the server's time, which has to be known. */
export function ClockFace({ clock, announce, stays = false, children }: ClockFaceProps) {
  const shown = useShowing(clock)
  const [rung, setRung] = useState(0)
  useBells(clock, ({ last }) => {
    ring(last ? 2 : 1)
    setRung((times) => times + 1)
    announce(last ? 'Bell: this phase is over' : 'Bell')
  })
  usePhaseSaid(clock, announce)
  const current = 'phase' in shown ? shown.phase : stays && shown.is === 'over' ? clock.plan.length : 0
  return (
    <div className="clock" data-rung={rung > 0 ? rung % 2 : undefined}>
      <ol className="clock-phases" aria-label="Phases">
        {clock.plan.map(({ name }, index) => (
          <li key={index} aria-current={index + 1 === current ? 'step' : undefined}>
            {titled(name)}
          </li>
        ))}
      </ol>
      <TimeLeft clock={clock} shown={shown} over={stays ? 'As long as you like' : 'Time is over'} />
      {children}
    </div>
  )
}

export const titled = (name: string): string => (name[0] ?? '').toLocaleUpperCase('en-GB') + name.slice(1)

function TimeLeft({ clock, shown, over }: { clock: Clock; shown: Showing; over: string }) {
  if (shown.is === 'set') return <p className="clock-says">Not begun</p>
  if (shown.is === 'over') return <p className="clock-says">{over}</p>
  const { left, phase, is } = shown
  const length = clock.plan[phase - 1]!.seconds
  const says = left === null ? 'no end' : `${inWords(left)} left`
  return (
    <div className="clock-time">
      {/* Not read out each second: phases and bells are said by themselves. */}
      <p
        className="clock-left"
        role="timer"
        aria-live="off"
        aria-label={`${titled(shown.name)}: ${says}${is === 'paused' ? ', paused' : ''}`}
      >
        <span aria-hidden>{left === null ? 'Open' : inMinutes(left)}</span>
      </p>
      {is === 'paused' && <span className="clock-paused">Paused</span>}
      {left !== null && length !== null && (
        <div className="clock-bar" aria-hidden>
          <div style={{ transform: `scaleX(${Math.min(1, left / (length * 1_000))})` }} />
        </div>
      )}
    </div>
  )
}
