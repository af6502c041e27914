import { connect } from 'node:net'

// A load generator that costs next to nothing: ready-made requests over kept connections, one at a time on each.
// `node load.ts PORT CONNECTIONS SECONDS` reads the requests (JSON strings, one a line) from stdin and prints
// { answered, refused, because, seconds }.
const [port = 0, connections = 1, seconds = 1] = process.argv.slice(2).map(Number)
const requests = (await Array.fromAsync(process.stdin))
  .join('')
  .trim()
  .split('\n')
  .map((line) => Buffer.from(JSON.parse(line) as string))

let at = 0
const tally = { answered: 0, refused: 0, because: '' }
const until = performance.now() + seconds * 1_000
const began = performance.now()
await Promise.all(Array.from({ length: connections }, one))
console.log(JSON.stringify({ ...tally, seconds: (performance.now() - began) / 1_000 }))

function one(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let pending: Buffer = Buffer.alloc(0)
    const next = () => (performance.now() < until ? socket.write(requests[at++ % requests.length]!) : socket.end(resolve))
    socket.on('connect', next)
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer<ArrayBuffer>) => {
      pending = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk
      const head = pending.indexOf('\r\n\r\n')
      if (head < 0) return
      const text = pending.toString('latin1', 0, head).toLowerCase()
      const length = Number(/content-length: (\d+)/.exec(text)?.[1] ?? 0)
      if (pending.length < head + 4 + length) return
      if (text.startsWith('http/1.1 200')) tally.answered++
      else {
        tally.refused++
        tally.because = pending.toString('utf8', head + 4, head + 4 + length)
      }
      pending = pending.subarray(head + 4 + length)
      next()
    })
  })
}
