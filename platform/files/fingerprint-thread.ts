import { createHash, type Hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { Order, Told } from './fingerprint.ts'

// The other thread of fingerprint.ts.
type Reckoning = { file: number; at: number; hash: Hash }
const reckonings = new Map<string, Reckoning>()
const piece = Buffer.alloc(512 * 1024)

parentPort!.on('message', (order: Order) => {
  const answer = answerTo(order)
  if (answer) parentPort!.postMessage(answer, [])
})

function answerTo(order: Order): Told | undefined {
  const { id } = order
  try {
    if ('until' in order) read(begun(order), order.until)
    else if (order.end === 'forget') forget(id)
    else return { id, sha256: told(order) }
    return undefined
  } catch (error) {
    forget(id)
    return { id, failed: `no fingerprint could be taken: ${(error as Error).message}` }
  }
}

function begun({ id, file }: Order): Reckoning {
  const reckoning = reckonings.get(id) ?? { file: openSync(file, 'r'), at: 0, hash: createHash('sha256') }
  reckonings.set(id, reckoning)
  return reckoning
}

function read(reckoning: Reckoning, until: number): void {
  while (reckoning.at < until) {
    const length = readSync(reckoning.file, piece, 0, Math.min(piece.length, until - reckoning.at), reckoning.at)
    if (length === 0) return
    reckoning.hash.update(piece.subarray(0, length))
    reckoning.at += length
  }
}

function told(order: Order): string {
  const reckoning = begun(order)
  read(reckoning, Number.POSITIVE_INFINITY)
  forget(order.id)
  return reckoning.hash.digest('hex')
}

function forget(id: string): void {
  const reckoning = reckonings.get(id)
  if (reckoning) closeSync(reckoning.file)
  reckonings.delete(id)
}
