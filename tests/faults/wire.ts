import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { after } from 'node:test'

// A wire between clients and a server, to be cut, held or made thin.
export type Wire = {
  address: string
  /** New and old connections are refused and cut. */
  cut(): void
  /** Nothing passes and nobody is told: the connections are half open. */
  hold(): void
  /** From the server to the client at most so many bytes a second. */
  thin(bytesASecond: number): void
  mend(): void
}

export async function wireTo(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target)
  const pairs = new Set<{ client: Socket; server: Socket }>()
  let isCut = false
  let held = false
  let thinned = 0
  const listening = createServer((client) => {
    if (isCut) {
      client.destroy()
      return
    }
    const server = connect(Number(port), hostname)
    const pair = { client, server }
    pairs.add(pair)
    const end = () => {
      pairs.delete(pair)
      client.destroy()
      server.destroy()
    }
    for (const side of [client, server]) side.on('error', end).on('close', () => held || end())
    client.on('data', (bytes) => held || server.write(bytes))
    server.on('data', (bytes) => {
      if (held) return
      client.write(bytes)
      if (thinned === 0) return
      server.pause()
      setTimeout(() => server.resume(), (bytes.length / thinned) * 1_000)
    })
  })
  await new Promise<void>((ready) => listening.listen(0, '127.0.0.1', ready))
  const drop = () => {
    for (const { client, server } of pairs) {
      client.destroy()
      server.destroy()
    }
    pairs.clear()
  }
  after(() => {
    drop()
    listening.close()
  })
  return {
    address: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    cut() {
      isCut = true
      drop()
    },
    hold: () => void (held = true),
    thin: (bytesASecond) => void (thinned = bytesASecond),
    mend() {
      if (held) drop() // what was held for long is given up
      isCut = held = false
      thinned = 0
    },
  }
}
