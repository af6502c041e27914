import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { parseCase } from '#domains/practice/cases/case-file.ts'
import type { readSession } from '#domains/practice/api/sessions.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { root } from '#platform/configuration/environment.ts'
import { cast } from '#platform/demo/cast.ts'
import { room, roomSet, type Set as RoomSet } from './room-set.ts'

// A session as a stage set, for Hana and Jonas: at whatever moment of it, as the server would answer then. That it does so is shown by
// domains/practice/tests and the journeys; here is how it looks.
export type StationSet = {
  phase: 'scheduled' | 'reading' | 'running' | 'marking' | 'feedback' | 'ended'
  /** Hana's. */
  role?: 'candidate' | 'actor' | 'alone' | null
  /** From now on, where no round is under way. */
  startsAfter?: number
  guest?: false
  chosen?: true
  sheet?: 'none' | 'some' | 'whole' | 'handed in'
  asked?: true
  paused?: true
  cancelled?: true
  others?: RoomSet['others']
}

export const session = '0dec0de0-0000-4000-8000-0000000000bb'
const [hana, jonas] = [cast.hana.id, cast.jonas.id]
const file = parseCase(readFileSync(path.join(root, 'domains/practice/content/cases/a-bad-knee-and-three-tablets.md'), 'utf8'))
const lengths = { reading: 90, running: 480, marking: 120, feedback: 600 }
const begins = { reading: 0, running: 90, marking: 570, feedback: 690 }

export const stationSet =
  (set: StationSet) =>
  async (page: Page): Promise<void> => {
    const { phase, role = 'candidate', sheet = 'some', startsAfter = -120 } = set
    await roomSet({ others: set.others ?? [{ who: 'jonas', role: 'guest' }] })(page)
    const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()
    const inRound = phase !== 'scheduled' && phase !== 'ended' && !set.cancelled
    const began = Date.now() - (inRound ? begins[phase] + 30 : 0) * 1_000
    const instant = (of: keyof typeof begins) => (inRound ? new Date(began + begins[of] * 1_000).toISOString() : null)
    const alone = role === 'alone'
    const guest = alone || set.guest === false ? null : { id: jonas, name: 'Jonas Lindqvist', avatar: null }
    const answer = (): OutputOf<typeof readSession> => ({
      id: session,
      version: 5,
      starts_at: at(startsAfter),
      minutes: 60,
      type: 'mock',
      format: 'eight-minute-stations',
      level: 'foundation',
      note: phase === 'scheduled' ? 'Please be strict with the clock.' : '',
      partner: alone ? 'nobody' : 'person',
      host: { id: hana, name: 'Hana Novotná', avatar: null },
      guest,
      phase,
      round: inRound ? 1 : null,
      cancelled_at: set.cancelled ? at(-600) : null,
      ended_at: phase === 'ended' ? at(-60) : null,
      me: 'host',
      host_came: true,
      guest_came: true,
      other_zone: alone ? null : 'Asia/Kolkata',
      role,
      candidate_id: role === 'candidate' || alone ? hana : role === 'actor' ? jonas : null,
      case_id: set.chosen || inRound ? file.id! : null,
      room: alone || !guest || phase === 'ended' ? null : room,
      plan: inRound
        ? Object.fromEntries(
            Object.entries(lengths).map(([name, seconds]) => [name, { seconds, bells: { running: [360], feedback: [300] }[name] ?? [] }]),
          )
        : null,
      reading_at: instant('reading'),
      running_at: instant('running'),
      marking_at: instant('marking'),
      feedback_at: instant('feedback'),
      paused_at: set.paused ? at(-20) : null,
      ask: set.asked ? { what: 'pause', by: jonas, phase: 'running', seconds: null } : null,
      now: at(0),
    })
    await page.route(`**/api/practice/sessions/${session}`, (route) => route.fulfill({ json: answer() }))
    await page.route(`**/api/practice/sessions/${session}/texts*`, (route) => route.fulfill({ json: { items: textsFor(phase, role) } }))
    await page.route(`**/api/practice/sessions/${session}/rounds/1/sheet`, (route) => route.fulfill({ json: sheetOf(sheet, role) }))
    await page.route(`**/api/practice/results/${session}/1`, (route) => route.fulfill({ json: resultOf(sheet, role, at) }))
    await page.route(`**/api/practice/rounds*`, (route) => route.fulfill({ json: { items: [round(role, at)], next: null } }))
  }

const order = ['reading', 'running', 'marking', 'feedback']
function textsFor(phase: StationSet['phase'], role: StationSet['role']) {
  const reached = (from: string) => order.indexOf(phase) >= order.indexOf(from)
  const opens =
    role === 'actor'
      ? { actor_brief: 'reading', markscheme: 'running' }
      : role === 'alone'
        ? { actor_brief: 'marking', markscheme: 'marking' }
        : { actor_brief: 'feedback', markscheme: 'feedback' }
  return [
    { name: 'candidate_brief', words: file.candidate_brief },
    ...(reached(opens.actor_brief)
      ? [
          { name: 'actor_brief', words: file.actor_brief },
          { name: 'condition', words: file.condition },
        ]
      : []),
    ...(reached(opens.markscheme) ? [{ name: 'markscheme', words: file.markscheme }] : []),
  ]
}

function sheetOf(has: NonNullable<StationSet['sheet']>, role: StationSet['role']) {
  const shown = role !== 'candidate' || has === 'handed in'
  return {
    round: 1,
    checklist: file.checklist.map(({ domain, words, weight, safety_critical }, index) => ({
      id: `0dec0de0-0000-4000-8000-0000000001${String(index).padStart(2, '0')}`,
      domain,
      words,
      weight,
      safety_critical,
      ...(shown && { ticked: has !== 'none' && index % 3 !== 1 }),
    })),
    marks: shown,
    scores: shown ? (has === 'none' ? {} : has === 'some' ? { history: 2 } : { history: 2, management: 1, communication: 3 }) : null,
    rating: has === 'handed in' && shown ? 2 : null,
    words:
      has === 'handed in' && shown ? 'You asked for the tin, and he gave it to you. Say next time what he stops, and write it down.' : '',
    submitted_at: has === 'handed in' ? new Date(Date.now() - 40_000).toISOString() : null,
  }
}

const resultOf = (sheet: NonNullable<StationSet['sheet']>, role: StationSet['role'], at: (seconds: number) => string) => ({
  ...sheetOf(sheet, role),
  ...facts(role),
  category: file.category,
  domain: file.domain,
  reached: 'feedback',
  began_at: at(-720),
  ended_at: null,
  with: role === 'alone' ? null : { id: jonas, name: 'Jonas Lindqvist', avatar: null },
  condition: file.condition,
  markscheme: file.markscheme,
  mine: null,
  theirs: null,
  write_until: at(1_200_000),
})

const facts = (role: StationSet['role']) => ({
  session_id: session,
  round: 1,
  case_id: file.id,
  case_name: file.name,
  type: 'mock',
  format: 'eight-minute-stations',
  role: role ?? 'candidate',
})

const round = (role: StationSet['role'], at: (seconds: number) => string) => ({
  ...facts(role),
  reached: 'feedback',
  reading_at: at(-1_500),
  ended_at: at(-60),
})
