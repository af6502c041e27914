// How often one caller may call: a steady rate with room for a burst of a full minute (GCRA: one number a caller).
// Counted in this process; with several nodes a caller may reach the sum. The bound keeps a flood of new addresses
// from filling the memory: the callers unseen for longest are forgotten first.
const mostCallers = 100_000
const minute = 60_000
const grace = 1 // the shares of a minute do not add up to one exactly

export class Limits {
  #due = new Map<string, number>()

  /** 0 when the call may go ahead, else the seconds to wait. */
  wait(caller: string, aMinute: number, now = performance.now()): number {
    const step = minute / aMinute
    const due = Math.max(this.#due.get(caller) ?? 0, now)
    const early = due - now - minute + step
    if (early > grace) return Math.ceil(early / 1_000)
    this.#due.delete(caller)
    this.#due.set(caller, due + step)
    if (this.#due.size > mostCallers) this.#due.delete(this.#due.keys().next().value!)
    return 0
  }
}

/** Whom an address stands for: in IPv6 one subscriber has at least a /64, and may call from anywhere in it. */
export const placeOf = (address: string) =>
  address.includes(':') && !address.startsWith('::') ? address.split('::')[0]!.split(':').slice(0, 4).join(':') : address
