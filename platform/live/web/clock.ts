// The server's clock, seen from here. A person's own clock may be a day off, and may be set while a page is open, so it is not asked:
// what the server said is counted on by performance.now(), which nobody sets.

/** One look: the server's clock stood at `at` at some moment between `asked` and `heard`. */
type Look = { at: number; asked: number; heard: number }

const counts = 300_000 // milliseconds: clocks drift by up to a ten-thousandth, in this time 30
const most = 20

let looks: Look[] = []
let wanted = false
let doubted = false
let apart = Date.now() - performance.now()
let ask = () => {}

/** Milliseconds since 1970 by the server's clock, wrong by at most half of the shortest way there and back. Before it said anything, by our own. */
export function serverNow(): number {
  if (!wanted) {
    wanted = true
    ask()
  }
  noteWhetherAsleep()
  const best = shortest()
  return performance.now() + (best ? best.at - (best.asked + best.heard) / 2 : apart)
}

/** Whether the server said what time it is. */
export const knowsServerTime = (): boolean => looks.length > 0

/** Whether somebody here goes by it: then it is looked at several times, for the shortest way. */
export const isServerTimeWanted = (): boolean => wanted

/** It said `now`. It was asked, and heard, at these moments of performance.now(). */
export function serverSaid(now: string, asked: number, heard = performance.now()): void {
  if (doubted) looks = []
  doubted = false
  looks.push({ at: Date.parse(now), asked, heard })
  if (looks.length > most) looks.shift()
}

/** It said `now` without being asked: later than we thought possible, if we slept. */
export function serverSaidUnasked(now: string): void {
  const best = shortest()
  if (best && Date.parse(now) - performance.now() > best.at - best.asked + 50) doubt()
}

/** How the server is asked, by whoever can. */
export const askServerBy = (how: () => void): void => void (ask = how)

// While a computer sleeps performance.now() may stand still, and its clock goes on. They go apart as well when somebody sets the
// clock; which of the two it was, only the server can say.
function noteWhetherAsleep(): void {
  const now = Date.now() - performance.now()
  if (Math.abs(now - apart) < 100) return
  apart = now
  doubt()
}

function doubt(): void {
  doubted = true
  ask()
}

function shortest(): Look | undefined {
  const since = performance.now() - counts
  const fresh = looks.filter(({ heard }) => heard > since)
  return (fresh.length > 0 ? fresh : looks.slice(-1)).reduce<Look | undefined>(
    (best, look) => (best && best.heard - best.asked <= look.heard - look.asked ? best : look),
    undefined,
  )
}
