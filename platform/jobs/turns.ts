import type { Envelope } from './queue.ts'

// Which jobs may be taken, and which of those may start now.
export type Taken = { id: string; envelope: Envelope; key: string; attempt: number; retriesLeft: number; alone: boolean }

/** One that is to run alone starts when nothing runs, and nothing starts beside it. */
export function mayStart({ alone }: Taken, running: readonly Taken[]): boolean {
  return running.length === 0 || (!alone && !running.some(({ alone }) => alone))
}

// No kind of job may take all hands: a thousand slow mails must not hold up what is quick and urgent. And while some are
// to run alone, no other is taken: it would wait here although another node may have room.
export function roomBeside(inHand: readonly Taken[], atOnce: number): { most: number; notOf: string[] } {
  if (inHand.some(({ alone }) => alone)) return { most: 0, notOf: [] }
  const share = Math.ceil(atOnce * 0.75)
  const kinds = [...Map.groupBy(inHand, ({ envelope }) => envelope.job)].map(([name, taken]) => ({ name, count: taken.length }))
  const notOf = kinds.filter(({ count }) => count >= share).map(({ name }) => name)
  const fullest = Math.max(0, ...kinds.map(({ count }) => count).filter((count) => count < share))
  return { most: Math.min(atOnce - inHand.length, share - fullest), notOf }
}
