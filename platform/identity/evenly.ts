import { setTimeout as pause } from 'node:timers/promises'

// How long an answer takes must not tell whether an address is known. So it is given at a whole step only, well above what
// the work takes: a mail more or less disappears in it.
const step = 200

export async function evenly<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  try {
    return await work()
  } finally {
    const taken = performance.now() - began
    await pause(Math.ceil(taken / step) * step - taken)
  }
}

/** The same for an answer that tells something only when it is a refusal. */
export async function refusingEvenly<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  try {
    return await work()
  } catch (error) {
    const taken = performance.now() - began
    await pause(Math.ceil(taken / step) * step - taken)
    throw error
  }
}
