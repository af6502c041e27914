import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

// The limit: a bare server that streams what comes to the disk, until it is there. It prints its port.
const folder = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-sink-'))
process.on('SIGTERM', () => {
  rmSync(folder, { recursive: true })
  process.exit()
})
let count = 0
const server = createServer((request, response) => {
  const file = createWriteStream(path.join(folder, `${count++}`), { flush: true })
  pipeline(request, file).then(
    () => response.writeHead(204).end(),
    (error: Error) => response.destroy(error),
  )
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
