import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { STATUS_CODES } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { decodeJwt } from 'jose'
import { sql } from 'kysely'
import { Gauge, Histogram } from 'prom-client'
import { WebSocketServer } from 'ws'
import type { Acting } from '#platform/database/acting.ts'
import { Limits } from '#platform/operations/limits.ts'
import { ProblemError } from '#platform/operations/problem.ts'
import { refused } from '#platform/operations/refused.ts'
import type { Server } from '#platform/part.ts'
import { hall as openHall } from './hall.ts'
import { limits } from './protocol.ts'
import { Socket, turns, type Visitor } from './socket.ts'

const second = 1_000
const connectionsAMinute = 240 // of one person: tabs that all come back at once, several times

/** `GET /live`: one line for each tab. */
export function serveLive(app: FastifyInstance, server: Server): void {
  const { bus, database, ended, log } = server
  const hall = openHall(database, bus)
  const sockets = new Set<Socket>()
  const passedOn = measured(server, sockets)
  const ofPerson = new Map<string, Set<Socket>>()
  const wss = new WebSocketServer({ noServer: true, maxPayload: limits.bytes, perMessageDeflate: false, clientTracking: false })
  const admitted = new Limits()
  let epoch = ''
  let closing = false
  let count = 0

  app.addHook('onReady', async () => {
    epoch = await bus.start({
      words: hall.words,
      async events(heard) {
        await hall.events(heard)
        for (const { at } of heard) passedOn.observe(Math.max(0, Date.now() - Date.parse(at)) / 1_000)
      },
    })
  })
  const ticking = setInterval(tick, second).unref()
  const draining = setInterval(() => sockets.forEach((socket) => socket.lookWhetherItTakes()), 100).unref()
  app.addHook('preClose', async () => {
    closing = true
    clearInterval(ticking)
    await sayGoodbye(sockets)
    clearInterval(draining)
  })

  app.server.on('upgrade', (request: IncomingMessage, line: Duplex, head: Buffer) => {
    line.on('error', () => line.destroy()) // until the socket is somebody's
    if (request.url?.split('?')[0] !== '/live') return app.server.listenerCount('upgrade') === 1 ? refuse(line, 404) : undefined
    if (closing) return refuse(line, 503)
    admit(request).then(
      (visitor) => wss.handleUpgrade(request, line, head, (ws) => enter(ws, visitor)),
      (error: unknown) => {
        const why = refused(error)
        const known = why instanceof ProblemError || (why as { status?: number }).status !== undefined
        if (!known) log.error({ err: why }, 'failed')
        refuse(line, (why as { status?: number }).status ?? 500)
      },
    )
  })

  async function admit(request: IncomingMessage): Promise<Visitor> {
    const { headers } = request
    // Whatever else a browser says of itself: a page that is not ours opens no line.
    if (headers.cookie !== undefined && headers.origin !== undefined && !isOurs(headers.origin, headers.host))
      throw new ProblemError('cross_site')
    const asker = await server.ask({ method: 'GET', headers })
    if (!asker.person) throw new ProblemError('not_signed_in')
    if (admitted.wait(asker.person.id, connectionsAMinute) > 0) throw new ProblemError('too_many_requests')
    const acting = asker.acting as Acting<'authenticated'>
    const { session_id: session } = await claimsOf(acting)
    const token = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
    return { person: asker.person.id, session, acting, ...(token ? { until: decodeJwt(token).exp! * 1_000 } : {}) }
  }

  const isOurs = (origin: string, host = '') => origin === server.configuration.publicUrl || URL.parse(origin)?.host === host

  // By the database's word: a cookie that counts no more is refused here.
  async function claimsOf(acting: Acting<'authenticated'>): Promise<{ session_id?: string }> {
    const { rows } = await database.read(acting, (db) =>
      sql<{ claims: string }>`select current_setting('request.jwt.claims') as claims`.execute(db),
    )
    return JSON.parse(rows[0]!.claims) as { session_id?: string }
  }

  // A session also ends by time, which nobody writes down anywhere.
  function askAnew(socket: Socket): void {
    socket.askedAt = performance.now()
    turns
      .take(() => claimsOf(socket.visitor.acting))
      .catch((error: unknown) => {
        if (refused(error) instanceof ProblemError && (refused(error) as ProblemError).status < 500) socket.bye('signed_out', 0)
      })
  }

  function enter(ws: ConstructorParameters<typeof Socket>[0], visitor: Visitor): void {
    const onFailure = (error: unknown) => log.warn({ err: error }, 'what was missed could not be read')
    const socket = new Socket(ws, visitor, { database, hall, epoch, node: bus.node, onFailure })
    const theirs = ofPerson.get(visitor.person) ?? new Set()
    ofPerson.set(visitor.person, theirs.add(socket))
    sockets.add(socket)
    ws.on('close', () => {
      sockets.delete(socket)
      theirs.delete(socket)
      if (theirs.size === 0 && ofPerson.get(visitor.person) === theirs) ofPerson.delete(visitor.person)
    })
    for (const oldest of theirs) {
      if (theirs.size <= limits.sockets) break
      theirs.delete(oldest)
      oldest.bye('too_many_sockets', 60_000)
    }
  }

  // Every second a part of the sockets is looked at, so that ten thousand are not pinged at once.
  function tick(): void {
    count++
    const parts = limits.beat / second
    let place = 0
    for (const socket of sockets) {
      if (place++ % parts === count % parts) socket.look()
      if (performance.now() - socket.askedAt > limits.proof) askAnew(socket)
      if (socket.visitor.until !== undefined && socket.visitor.until < Date.now()) socket.bye('token_expired', 0)
    }
    if (count % parts === 0) hall.tick()
    if (sockets.size > 0) ended?.look().then(endWhoseSessionIsOver, () => {}) // a database that is away says so elsewhere
  }

  function endWhoseSessionIsOver(): void {
    for (const socket of sockets) if (ended!.isOver({ session: socket.visitor.session, person: socket.person })) socket.bye('signed_out', 0)
  }
}

function measured({ metrics: registry }: Server, sockets: Set<Socket>): Histogram {
  const registers = [registry]
  const lines: Gauge = new Gauge({
    name: 'vivavoce_live_sockets',
    help: 'Lines that are open to this node',
    registers,
    collect: (): void => lines.set(sockets.size),
  })
  const unsent: Gauge = new Gauge({
    name: 'vivavoce_live_unsent_bytes',
    help: 'Bytes that wait for listeners to take them',
    registers,
    collect: (): void => unsent.set([...sockets].reduce((sum, socket) => sum + socket.unsent, 0)),
  })
  return new Histogram({
    name: 'vivavoce_live_delay_seconds',
    help: 'From an event being written to its being passed on by this node',
    buckets: [0.01, 0.05, 0.2, 0.5, 1, 5, 30],
    registers,
  })
}

// They come back at a moment of their own choosing, so that the next node does not meet them all at once.
async function sayGoodbye(sockets: Set<Socket>): Promise<void> {
  const within = Math.min(10_000, 500 + sockets.size)
  for (const socket of sockets) socket.bye('server_ends', within)
  const patience = performance.now() + 2_000
  while (sockets.size > 0 && performance.now() < patience) await new Promise((soon) => setTimeout(soon, 20))
}

function refuse(line: Duplex, status: number): void {
  line.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}
