import { writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import path from 'node:path'
import { after } from 'node:test'
import type { BrowserContext, BrowserContextOptions, CDPSession, Page } from 'playwright-core'
import { somebody, type Somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { freshBrowser } from '#tests/browser.ts'
import { openIn, type Pages } from '#tests/pages.ts'
import { temporaryFolder } from '#tests/processes.ts'

const rate = 48_000
// Cameras and microphones that nobody has to be in front of: Chromium's own moving picture, and a sound.
const fakeDevices = () => [
  `--use-file-for-fake-audio-capture=${aSound()}`,
  '--use-fake-device-for-media-stream=device-count=2,fps=5', // with three, the first gives no pictures to a second page (Chromium 153)
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
]

/** A second of a tone that comes and goes, as a WAV file. */
function aSound(): string {
  const samples = Int16Array.from(
    { length: rate },
    (_, at) => 16_000 * Math.sin((2 * Math.PI * 440 * at) / rate) * (at % 8_000 < 4_000 ? 1 : 0),
  )
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + samples.byteLength, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  for (const [at, what] of [
    [20, 1],
    [22, 1],
    [32, 2],
    [34, 16],
  ] as const)
    head.writeUInt16LE(what, at)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(2 * rate, 28)
  head.write('data', 36)
  head.writeUInt32LE(samples.byteLength, 40)
  const file = path.join(temporaryFolder(), 'sound.wav')
  writeFileSync(file, Buffer.concat([head, Buffer.from(samples.buffer)]))
  return file
}

/** Four people send each other pictures on two cores: small ones, and few; and their sound is not made any better. What the page asks for otherwise stays as it is. */
function withLittleToDo(): void {
  const { mediaDevices } = navigator
  const ask = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = (wanted = {}) => {
    const video = typeof wanted.video === 'object' ? { ...wanted.video, width: 160, height: 120, frameRate: 5 } : wanted.video
    const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }
    const audio = typeof wanted.audio === 'object' ? { ...wanted.audio, ...raw } : wanted.audio && raw
    return ask({ ...wanted, ...(video !== undefined && { video }), ...(audio !== undefined && { audio }) })
  }
  // What a test looks at afterwards: the page's own connections, which it does not show.
  const Peer = window.RTCPeerConnection
  const made: RTCPeerConnection[] = []
  Object.assign(window, { made })
  window.RTCPeerConnection = class extends Peer {
    constructor(...how: ConstructorParameters<typeof Peer>) {
      super(...how)
      made.push(this)
    }
  }
}

export type Guest = Somebody & { page: Page }

/** What is run in a page before anything else. */
type Before = Parameters<BrowserContext['addInitScript']>[0]

export async function guest(
  pages: Pick<Pages, 'server'>,
  name: string,
  path: string,
  options: BrowserContextOptions = {},
  before?: Before,
): Promise<Guest> {
  const who = await somebody(pages.server, name)
  return { ...who, page: await pageOf(pages, who, path, options, before) }
}

export async function pageOf(
  { server }: Pick<Pages, 'server'>,
  who: Somebody,
  path: string,
  options: BrowserContextOptions = {},
  before?: Before,
): Promise<Page> {
  // A browser of each one's own: Chromium's camera is one for all its pages, and stands still when four of them look through it.
  const open = openIn(await freshBrowser({ args: fakeDevices() }), server.address)
  const page = await browserOf({ server, open }, who, '/healthz', { viewport: { width: 900, height: 600 }, ...options })
  await page.context().addInitScript(withLittleToDo)
  if (before) await page.context().addInitScript(before)
  await page.goto(path)
  return page
}

export type Seat = { person: string; role: string; lets_in?: boolean; waits?: boolean; keeps_time?: boolean }
export const seatOf = ({ id }: Somebody, role: string, more: Partial<Seat> = {}): Seat => ({ person: id, role, ...more })

export async function roomWith(who: Somebody, seats: Seat[], more: object = {}): Promise<string> {
  const { status, body } = await who.post('/sample/rooms', { seats, ...more })
  if (status !== 200) throw new Error(`no room: ${JSON.stringify(body)}`)
  return (body as { id: string }).id
}

export async function goIn({ page }: Pick<Guest, 'page'>, id: string, by = 'Go in'): Promise<void> {
  await page.goto(`/rooms/${id}`)
  const ask = page.getByRole('button', { name: 'Use camera and microphone' })
  const go = page.getByRole('button', { name: by, exact: true })
  await ask.or(go).first().waitFor()
  if (await ask.isVisible()) await ask.click()
  await go.click()
  await page.getByRole('group', { name: 'In this call' }).waitFor()
}

/** Where the page asks for them before it lets one in. */
export async function openDevices({ page }: Pick<Guest, 'page'>): Promise<void> {
  const ask = page.getByRole('button', { name: 'Use camera and microphone' })
  await ask
    .or(page.getByText(/camera/).first())
    .first()
    .waitFor()
  if (await ask.isVisible()) await ask.click()
}

export type Stream = { frames: number; energy: number; peers: number }
/** What has come from everybody so far: pictures that were decoded, and the energy of what was heard. */
export const heardBy = ({ page }: Pick<Guest, 'page'>): Promise<Stream[]> =>
  page.evaluate(async () => {
    const { made } = window as unknown as { made: RTCPeerConnection[] }
    const live = made.filter((one) => one.connectionState === 'connected')
    return Promise.all(
      live.map(async (one) => {
        let [frames, energy] = [0, 0]
        for (const stat of ((await one.getStats()) as unknown as Map<string, Record<string, never>>).values()) {
          if (stat['type'] !== 'inbound-rtp') continue
          frames += stat['framesDecoded'] ?? 0
          energy += stat['totalAudioEnergy'] ?? 0
        }
        return { frames, energy, peers: live.length }
      }),
    )
  })

/** Everybody sees and hears everybody: more pictures and more sound have come than a moment ago. */
export async function flows(people: readonly Guest[]): Promise<void> {
  const before = await Promise.all(people.map(heardBy))
  const end = performance.now() + 90_000 // other test files want the machine, too
  for (;;) {
    const now = await Promise.all(people.map(heardBy))
    const all = now.every(
      (streams, index) =>
        streams.length === people.length - 1 &&
        streams.every(
          ({ frames, energy }, other) => frames > (before[index]![other]?.frames ?? 0) && energy > (before[index]![other]?.energy ?? 0),
        ),
    )
    if (all) return
    if (performance.now() > end) throw new Error(`not everybody sees and hears everybody: ${JSON.stringify({ before, now })}`)
    await new Promise((soon) => setTimeout(soon, 200))
  }
}

export const controls = (page: Page) => page.getByRole('group', { name: 'In this call' })
export const tile = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Who is here' }).getByRole('listitem').filter({ hasText: name })
export const press = ({ page }: Pick<Guest, 'page'>, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Until another one sees it, and then no more. */
export async function showsTheirScreen(who: Guest, name: string, other: Guest): Promise<void> {
  const screen = other.page.getByRole('figure', { name: `${name} shows their screen` })
  await press(who, 'Share your screen')
  await who.page.getByText('You are sharing your screen').waitFor()
  await screen.waitFor()
  await other.page.waitForFunction(() => document.querySelector<HTMLVideoElement>('.tile-shown video')!.videoWidth > 0)
  await press(who, 'Stop sharing')
  await screen.waitFor({ state: 'detached' })
}

export type Network = { proxy: string; lose: (page: Page) => Promise<void>; restore: (page: Page) => Promise<void> }

/**
 * Somebody's network, which can be lost. What goes to the server goes through a proxy that then cuts and refuses everything; of
 * what goes to the others the browser then drops every packet (its own emulation, which counts from the beginning on).
 */
export async function network(): Promise<Network> {
  const open = new Set<Socket>()
  let lost = false
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket))
  }
  const server = createServer((asked, answer) => {
    if (lost) {
      asked.socket.destroy()
      return
    }
    const onward = request(asked.url!, { method: asked.method!, headers: asked.headers }, (answered) => {
      answer.writeHead(answered.statusCode!, answered.headers)
      answered.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  })
  server.on('connection', keep)
  server.on('connect', ({ url }, client: Socket, head) => {
    if (lost) {
      client.destroy()
      return
    }
    const [host, port] = url!.split(':')
    const there = connect(Number(port), host === 'localhost' ? '127.0.0.1' : host!, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      there.write(head)
      there.pipe(client).pipe(there)
    })
    keep(there)
    there.on('close', () => client.destroy())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  after(() => (open.forEach((socket) => socket.destroy()), server.close()))
  return {
    proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async lose(page) {
      lost = true
      for (const socket of open) socket.destroy()
      await dropping(page, 100)
    },
    async restore(page) {
      lost = false
      await dropping(page, 0)
    },
  }
}

/** Of a hundred packets of a call, so many are lost. Has to be said before the call begins, and then whenever it changes. */
export async function dropping(page: Page, percent: number): Promise<void> {
  const known = sessions.get(page) ?? page.context().newCDPSession(page)
  sessions.set(page, known)
  const session = await known
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 1,
    downloadThroughput: 1e8,
    uploadThroughput: 1e8,
    packetLoss: percent,
    packetQueueLength: 1_000,
  })
}
const sessions = new Map<Page, Promise<CDPSession>>()
