import { isReached, listenTo } from '#platform/web/connection.ts'
import { askWhoIsHere } from '#platform/web/gone.ts'
import type { FromClient, FromServer } from '../protocol.ts'
import { askServerBy, isServerTimeWanted, serverSaid, serverSaidUnasked } from './clock.ts'

// One WebSocket that is opened again whenever it is lost. Knows nothing of topics.
export type Wire = { send(message: FromClient): boolean; close(): void }
export type Hearing = {
  /** Whatever the server says, from its hello on. */
  heard(message: FromServer): void
  /** Nothing comes any more, until the next hello. */
  lost(): void
}

const second = 1_000
const opensWithin = 20 * second // ten thousand who come back at once are let in within some ten
const longestPause = 30 * second
const answersWithin = 4 * second // a beat of ours; a way to the other side of the world and back is half a second
const good = 10 * second // a connection that lasted so long was no failure
const restless = second // between two attempts, however often a tab is shown and hidden
const burst = 40 // messages at once, and in a second: less than the server allows (protocol.ts), which closes on whoever says more
const aSecond = 15
const mostWaiting = 200 // words
const longest = 60_000 // letters of a message

export function keepWire({ heard, lost }: Hearing): Wire {
  let ws: WebSocket | undefined
  let welcome = false
  let closed = false
  let resting = false
  let bye: (FromServer & { say: 'bye' }) | undefined
  let failures = 0
  let opened = -restless
  let beat = 15 * second
  let lastHeard = 0
  let asked: number[] = []
  let looked = performance.now()
  let allowed = burst
  let counted = 0
  let waiting: string[] = []
  const timers: Partial<Record<'opening' | 'pause' | 'watch' | 'proof' | 'drip' | 'clock', ReturnType<typeof setTimeout>>> = {}

  const after = (name: keyof typeof timers, pause: number, then: () => void) => {
    clearTimeout(timers[name])
    timers[name] = setTimeout(then, pause)
  }

  function open(): void {
    clearTimeout(timers.pause)
    if (closed || resting || ws) return
    const fresh = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/live`)
    ws = fresh
    welcome = false
    bye = undefined
    opened = lastHeard = performance.now()
    asked = [opened]
    allowed = burst
    fresh.addEventListener('message', ({ data }) => ws === fresh && receive(JSON.parse(data as string) as FromServer))
    fresh.addEventListener('close', () => leave(fresh))
    after('opening', opensWithin, () => leave(fresh))
  }

  function receive(message: FromServer): void {
    lastHeard = performance.now()
    clearTimeout(timers.proof)
    if (message.say === 'hello') {
      welcome = true
      beat = message.beat
      clearTimeout(timers.opening)
      after('watch', beat / 3, watch)
      serverSaid(message.now, asked.shift()!)
      askTime()
    } else if (message.say === 'beat') {
      const when = message.answers ? asked.shift() : undefined // in the order in which they were asked
      if (when === undefined) serverSaidUnasked(message.now)
      else serverSaid(message.now, when)
    } else if (message.say === 'bye') {
      bye = message
      return leave(ws!)
    }
    heard(message)
  }

  /** This connection is over, whether or not the other end knows. */
  function leave(gone: WebSocket): void {
    if (ws !== gone) return
    ws = undefined
    for (const timer of Object.values(timers)) clearTimeout(timer)
    waiting = []
    gone.close()
    lost()
    if (closed || resting) return
    if (bye?.why === 'signed_out' || bye?.why === 'token_expired') {
      again(longestPause)
      void askWhoIsHere()
    } else if (bye) again(Math.random() * bye.within)
    else if (welcome && performance.now() - opened > good) {
      failures = 0
      again(Math.random() * second) // everybody who was on that node comes back in the same second
    } else {
      failures++
      again((0.5 + Math.random() / 2) * Math.min(longestPause, second * 2 ** failures))
      // Why a connection was refused a browser does not tell: nobody answers, or nobody is signed in. Asking that says both.
      if (!welcome) void askWhoIsHere()
    }
  }

  const again = (pause: number) => after('pause', pause, () => isReached() && open()) // else when somebody answers again (connection.ts)

  /** Nothing may be on this line any more without anybody having said so. Browsers do not tell of the server's pings. */
  function watch(): void {
    const now = performance.now()
    const held = now - looked > beat // as timers of a tab in the background are: what came meanwhile may not have been read yet
    looked = now
    after('watch', beat / 3, watch)
    if (!held && now - lastHeard > 2.5 * beat) return leave(ws!)
    if (held || now - lastHeard > 1.25 * beat) prove()
  }

  /** If the other end is there, it says so at once. */
  function prove(): void {
    if (!ws || !welcome) return
    const [now, doubtful] = [performance.now(), ws]
    ask()
    after('proof', answersWithin, () => lastHeard < now && leave(doubtful))
  }

  function ask(): void {
    if (ws?.readyState !== WebSocket.OPEN || !welcome) return
    asked.push(performance.now())
    ws.send('{"say":"beat"}')
  }

  // Now and then, and for whoever goes by the clock some times at first: the shortest way counts.
  function askTime(times = 1): void {
    ask()
    const more = isServerTimeWanted() && times < 5
    after('clock', more ? 250 : 60 * second, () => askTime(more ? times + 1 : 1))
  }
  askServerBy(() => askTime())

  function send(message: FromClient): boolean {
    const text = JSON.stringify(message)
    if (text.length > longest) reportError(new Error(`a message of ${text.length} letters is too long for the line`))
    const tooMuch = message.say === 'word' && waiting.length >= mostWaiting
    if (!ws || !welcome || text.length > longest || tooMuch) return false
    waiting.push(text)
    drip()
    return true
  }

  function drip(): void {
    const now = performance.now()
    allowed = Math.min(burst, allowed + ((now - counted) / second) * aSecond)
    counted = now
    while (allowed >= 1 && waiting.length > 0 && ws?.readyState === WebSocket.OPEN) {
      allowed--
      ws.send(waiting.shift()!)
    }
    if (waiting.length > 0) after('drip', second / aSecond, drip)
  }

  /** There is reason to think that the line is gone, or can be had again. */
  function wake(): void {
    resting = false
    if (ws) prove()
    else if (performance.now() - opened < restless) again(restless)
    else open()
  }
  const seen = () => document.visibilityState === 'visible' && wake()

  // A page that is put away cannot hear; with an open line a browser would not keep it for the way back.
  function rest(): void {
    resting = true
    if (ws) leave(ws)
    clearTimeout(timers.pause)
  }

  const ending = new AbortController()
  const { signal } = ending
  window.addEventListener('online', wake, { signal })
  window.addEventListener('pageshow', wake, { signal })
  window.addEventListener('pagehide', rest, { signal })
  document.addEventListener('visibilitychange', seen, { signal })
  document.addEventListener('freeze', rest, { signal })
  document.addEventListener('resume', wake, { signal })
  const stopListening = listenTo(() => isReached() && wake())
  open()

  return {
    send,
    close() {
      closed = true
      ending.abort()
      stopListening()
      askServerBy(() => {})
      if (ws) leave(ws)
      clearTimeout(timers.pause)
    },
  }
}
