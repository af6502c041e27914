import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import path from 'node:path'
import { after } from 'node:test'

// Stands between server and database and counts round trips: a trip is what the client says until the database answers.
export type Proxy = { url: (login: string) => string; trips: () => number; cut: () => void }

export async function countingProxy(databaseUrl: string): Promise<Proxy> {
  const address = new URL(databaseUrl)
  const socketPath = path.join(address.searchParams.get('host')!, '.s.PGSQL.5432')
  const open = new Set<Socket>()
  let trips = 0
  const server = createServer((client) => {
    const database = connect(socketPath)
    let answered = true
    for (const socket of [client, database]) {
      open.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => (open.delete(socket), client.destroy(), database.destroy()))
    }
    client.on('data', (bytes) => {
      if (answered) trips++
      answered = false
      database.write(bytes)
    })
    database.on('data', (bytes) => {
      answered = true
      client.write(bytes)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const cut = () => open.forEach((socket) => socket.destroy())
  after(() => (cut(), server.close()))
  return { url: (login) => `postgres://${login}@127.0.0.1:${port}${address.pathname}`, trips: () => trips, cut }
}
