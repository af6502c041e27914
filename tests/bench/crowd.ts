import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

// Everybody at once: each request (a JSON string, one a line on stdin) on a connection of its own, all sent in the same instant.
// `node crowd.ts PORT SECONDS` waits so long, for its own start is no part of what is measured, and prints { answered, refused, seconds }, as soon as the last one was answered.
const [port, seconds] = process.argv.slice(2).map(Number)
const requests = (await Array.fromAsync(process.stdin))
  .join('')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as string)

await pause(seconds! * 1_000)
const sockets = await Promise.all(
  requests.map(
    () =>
      new Promise<ReturnType<typeof connect>>((resolve, reject) => {
        const socket = connect({ port: port!, host: '127.0.0.1', noDelay: true }, () => resolve(socket))
        socket.on('error', reject)
      }),
  ),
)
const began = performance.now()
const statuses = await Promise.all(
  sockets.map(
    (socket, at) =>
      new Promise<string>((resolve) => {
        socket.once('data', (chunk: Buffer) => {
          resolve(chunk.toString('latin1', 9, 12))
          socket.destroy()
        })
        socket.write(requests[at]!)
      }),
  ),
)
const answered = statuses.filter((status) => status === '200').length
console.log(JSON.stringify({ answered, refused: statuses.length - answered, seconds: (performance.now() - began) / 1_000 }))
