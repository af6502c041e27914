// How often one caller may call: a steady rate with room for a burst of a full minute (GCRA: one number a caller).
// Counted in this process; with several nodes a caller may reach the sum. The bound keeps a flood of new addresses
// from filling the memory: the callers unseen for longest are forgotten first.
const mostCallers = 100_000
const minute = 60_000

export class Limits {
  #due = new Map<string, number>()

  /** 0 when the call may go ahead, else the seconds to wait. */
  wait(caller: string, aMinute: number, now = performance.now()): number {
    const step = minute / aMinute
    const due = Math.max(this.#due.get(caller) ?? 0, now)
    if (due - now > minute - step) return Math.ceil((due - now - minute + step) / 1_000)
    this.#due.delete(caller)
    this.#due.set(caller, due + step)
    if (this.#due.size > mostCallers) for (const oldest of this.#due.keys()) return (this.#due.delete(oldest), 0)
    return 0
  }
}
