import * as z from 'zod/mini'
import { keysOf } from '#platform/configuration/keys.ts'
import { job, type Running } from '#platform/jobs/job.ts'
import { later } from '#platform/jobs/later.ts'
import { authorization } from './vapid.ts'
import { NotPublic, openInternet, post, type Answer, type WayOut } from './way-out.ts'

const data = z.object({ subscription: z.uuid() })

/** Pokes one browser. Queued by private.poke. */
export const sendPokeBy = (way: WayOut) =>
  job({
    name: 'push.send',
    data,
    retries: 60, // more than there is time for: the pauses grow to an hour, and after a day at most a poke is dropped
    timeoutSeconds: 30,
    run: (running) => send(running, way),
  })
export const sendPoke = sendPokeBy(openInternet)

async function send({ data: { subscription }, database, configuration, signal, log }: Running<typeof data>, way: WayOut): Promise<void> {
  const [poke] = await database.write((db) => db.rows('private.take_poke', { subscription }))
  if (!poke) return
  const { endpoint, urgency, seconds, reasons } = poke as { endpoint: string; urgency: 'now' | 'soon'; seconds: number; reasons: number }
  const { vapid } = keysOf(configuration)
  let answer: Answer
  try {
    answer = await post(
      endpoint,
      {
        authorization: await authorization(endpoint, vapid, configuration.vapidSubject),
        ttl: `${seconds}`,
        urgency: urgency === 'now' ? 'high' : 'normal',
        topic: 'vivavoce', // all of them say the same: of several that wait for a browser one is enough
      },
      way,
      signal,
    )
  } catch (error) {
    const became = error instanceof NotPublic ? 'gone' : 'later'
    await database.write((db) => db.call('private.note_poke', { subscription, reasons, became }))
    if (became === 'gone') return
    throw new NotTaken(nameOf(error as { code?: unknown; name: string; cause?: { name: string } }))
  }

  const became = whatBecame(answer.status)
  if (became !== 'sent') log.warn({ code: `push_${answer.status}` }, 'a push service did not take a poke')
  const after = became === 'later' ? waitOf(answer) : undefined
  await database.write(async (db) => {
    await db.call('private.note_poke', { subscription, reasons, became })
    if (after) await later(db, sendPoke, { subscription }, { after, once: subscription })
  })
  if (became === 'later' && !after) throw new NotTaken(`push_${answer.status}`)
}

// What was sent is taken, not yet shown: more than that no push service tells without asking for a receipt.
export type Became = 'sent' | 'gone' | 'refused' | 'later'

export function whatBecame(status: number): Became {
  if (status >= 200 && status < 300) return 'sent'
  if (status === 404 || status === 410) return 'gone' // RFC 8030, 7.3: the subscription is over
  if (status === 429 || status >= 500) return 'later'
  return 'refused' // our key, our subject, a redirect: another attempt says nothing new
}

/** When they said that they would listen again; an hour at most. */
export function waitOf({ retryAfter }: Answer, now = Date.now()): Date | undefined {
  if (!retryAfter) return undefined
  const at = /^\d+$/.test(retryAfter) ? now + Number(retryAfter) * 1_000 : Date.parse(retryAfter)
  return Number.isNaN(at) ? undefined : new Date(Math.min(Math.max(at, now + 1_000), now + 3_600_000))
}

/** Why, as a name: what the network says of it holds the address. */
class NotTaken extends Error {
  code: string
  constructor(code: string) {
    super('a push service did not take a poke')
    this.code = code
  }
}

// A time that is up comes wrapped.
const nameOf = ({ code, name, cause }: { code?: unknown; name: string; cause?: { name: string } }) =>
  typeof code === 'string' && code !== 'ABORT_ERR' ? code : (cause?.name ?? name)
