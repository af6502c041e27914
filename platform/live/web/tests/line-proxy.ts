import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { after } from 'node:test'

// A stretch of the way between a browser and the server: it can fall silent without a word to either end, as a wireless network does
// that somebody walks out of, or be cut.
export type LineProxy = {
  port: number
  /** From now on nothing passes on what is open now; what is opened afterwards works. */
  silence: () => void
  cut: () => void
  opened: () => number
}

/** The server says how often its heart beats (protocol.ts); who comes this way is told every second, in as many letters. */
const [slow, fast] = [Buffer.from('"beat":15000'), Buffer.from('"beat": 1000')]

export async function lineProxy(): Promise<LineProxy & { to: (port: number) => void }> {
  let target = 0
  let count = 0
  const open = new Set<{ ends: Socket[]; silent: boolean }>()
  const server = createServer((browser) => {
    count++
    const away = connect(target, '127.0.0.1')
    const line = { ends: [browser, away], silent: false }
    open.add(line)
    browser.on('data', (bytes) => line.silent || away.write(bytes))
    away.on('data', (bytes: Buffer) => line.silent || browser.write(withFastBeat(bytes)))
    for (const end of line.ends)
      end
        .on('error', () => end.destroy())
        .on('close', () => {
          open.delete(line)
          if (!line.silent) for (const one of line.ends) one.destroy()
        })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const cut = () => open.forEach(({ ends }) => ends.forEach((end) => end.destroy()))
  const silence = () => open.forEach((line) => (line.silent = true))
  after(() => (cut(), server.close()))
  const { port } = server.address() as AddressInfo
  return { port, to: (port) => (target = port), silence, cut, opened: () => count }
}

function withFastBeat(bytes: Buffer): Buffer {
  const at = bytes.indexOf(slow)
  if (at >= 0) fast.copy(bytes, at)
  return bytes
}
