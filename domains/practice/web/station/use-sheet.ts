import { useEffect, useState } from 'react'
import { useUnsent, type Queue } from '#platform/live/web/use-unsent.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { useRead } from '#platform/web/read.ts'
import { readSheet, scoreDomain, tickItem } from '../../api/sheet.ts'
import type { Session } from './use-session.ts'

export type Sheet = OutputOf<typeof readSheet>
export type Marks = {
  sheet: Sheet
  ticked: (item: string) => boolean
  points: (domain: string) => number | undefined
  tick: (item: string, ticked: boolean) => void
  score: (domain: string, points: number) => void
  queue: Queue
}

/** The sheet in the marker's hand. Each mark is kept in the browser first and sent when somebody answers: neither a reload nor a killed server loses one. */
export function useSheet({ id, round }: Session): Marks {
  const of = { id, round: round! }
  const sheet = useRead(readSheet, of)
  const queue = useUnsent(`practice.sheet:${id}:${round}`, { refreshes: [readSheet] })
  const waiting = marksIn(queue.unsent)
  const { pressed, press } = usePressed(queue.unsent)
  const said = (mark: string): number | undefined => pressed[mark] ?? waiting[mark]
  return {
    sheet,
    queue,
    ticked: (item) => {
      const mark = said(item)
      return mark === undefined ? sheet.checklist.find((one) => one.id === item)?.ticked === true : mark === 1
    },
    points: (domain) => said(domain) ?? sheet.scores?.[domain],
    tick: (item, ticked) => {
      press(item, Number(ticked))
      void queue.send(tickItem, { ...of, item, ticked })
    },
    score: (domain, points) => {
      press(domain, points)
      void queue.send(scoreDomain, { ...of, domain, points })
    },
  }
}

// By the item's id or the domain's key; the last one counts. What was refused does not.
function marksIn(unsent: Queue['unsent']): Record<string, number> {
  const marks: Record<string, number> = {}
  for (const { path, input, refused } of unsent) {
    if (refused) continue
    if (path === tickItem.path) marks[input['item'] as string] = Number(input['ticked'])
    if (path === scoreDomain.path) marks[input['domain'] as string] = input['points'] as number
  }
  return marks
}

// Until the browser's own database has it, which takes a moment: a box does not jump back under the finger.
function usePressed(unsent: Queue['unsent']) {
  const [pressed, setPressed] = useState<Record<string, number>>({})
  useEffect(() => {
    const there = marksIn(unsent)
    setPressed((before) => Object.fromEntries(Object.entries(before).filter(([mark, value]) => there[mark] !== value))) // oxlint-disable-line react/set-state-in-effect -- what the database holds is known outside of React
  }, [unsent])
  return { pressed, press: (mark: string, value: number) => setPressed((before) => ({ ...before, [mark]: value })) }
}
