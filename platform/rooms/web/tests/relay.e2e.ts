import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { freshPages } from '#tests/pages.ts'
import { goIn, guest, heardBy, roomWith, seatOf, type Guest } from './scene.ts'

// Through a real relay, and through nothing else. It is no package of ours: where the machine has none, this is not shown.
const isHere = spawnSync('turnserver', ['--version']).error === undefined

test('Ada and Bo call through the relay alone', {
  skip: isHere ? false : 'not shown here: there is no turnserver (coturn) on PATH',
}, async () => {
  const [port, secret] = [await freeUdpPort(), 'between the relay and us']
  await relay(port, secret)
  const pages = await freshPages({ TURN_URLS: `turn:127.0.0.1:${port}?transport=udp`, TURN_SECRET: secret })
  const onlyRelay = () => localStorage.setItem('vivavoce.relay', 'only')
  const [ada, bo] = [
    await guest(pages, 'Ada Bell', '/rooms/check', {}, onlyRelay),
    await guest(pages, 'Bo Carr', '/healthz', {}, onlyRelay),
  ]
  await ada.page.getByText('A call will work from here, also to somebody in another network.').waitFor()
  const id = await roomWith(ada, [seatOf(ada, 'host'), seatOf(bo, 'guest')])
  await goIn(ada, id)
  await goIn(bo, id)
  for (const who of [ada, bo]) await hears(who)
  for (const who of [ada, bo]) assert.deepEqual(await waysOf(who), ['relay'])
})

async function hears(who: Guest): Promise<void> {
  for (const end = performance.now() + 30_000; ; ) {
    const [stream] = await heardBy(who)
    if (stream && stream.frames > 0 && stream.energy > 0) return
    if (performance.now() > end) throw new Error(`${who.name} hears nothing through the relay`)
    await new Promise((soon) => setTimeout(soon, 200))
  }
}

const waysOf = ({ page }: Guest): Promise<string[]> =>
  page.evaluate(async () => {
    const { made } = window as unknown as { made: RTCPeerConnection[] }
    const [live] = made.filter(({ connectionState }) => connectionState === 'connected')
    const stats = [...((await live!.getStats()) as unknown as Map<string, Record<string, string>>).values()]
    return stats.filter(({ type }) => type === 'local-candidate').map(({ candidateType }) => candidateType!)
  })

async function relay(port: number, secret: string): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-relay-'))
  const options = [
    '-n',
    '--listening-ip=127.0.0.1',
    '--relay-ip=127.0.0.1',
    `--listening-port=${port}`,
    '--no-tls',
    '--no-dtls',
    '--no-cli',
  ]
  const files = [`--db=${folder}/db`, `--pidfile=${folder}/pid`, '--log-file=stdout']
  const rights = ['--allow-loopback-peers', '--use-auth-secret', `--static-auth-secret=${secret}`, '--realm=vivavoce.test']
  const running = spawn('turnserver', [...options, ...files, ...rights], { stdio: 'ignore' })
  after(() => {
    running.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  await answers(port)
}

/** To the least that a relay is asked: a binding request (RFC 8489). */
async function answers(port: number): Promise<void> {
  const question = Buffer.from('000100002112a442000102030405060708090a0b', 'hex')
  const socket = createSocket('udp4')
  const asking = setInterval(() => socket.send(question, port, '127.0.0.1'), 100)
  try {
    await once(socket, 'message', { signal: AbortSignal.timeout(20_000) })
  } finally {
    clearInterval(asking)
    socket.close()
  }
}

async function freeUdpPort(): Promise<number> {
  const probe = createSocket('udp4')
  await new Promise<void>((bound) => probe.bind(0, '127.0.0.1', bound))
  const { port } = probe.address()
  await new Promise<void>((closed) => probe.close(closed))
  return port
}
