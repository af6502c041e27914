import { createServer, type AddressInfo } from 'node:net'
import { after } from 'node:test'

// A server that says it is some PostgreSQL, and knows the one question that is asked first: which one?
export async function tinyServer(version: string, number: number): Promise<string> {
  const server = createServer((socket) => {
    let greeted = false
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes: Buffer) => {
      if (greeted) socket.write(answerTo(bytes, number))
      else if (bytes.readInt32BE(4) === sslRequest) socket.write('N')
      else socket.write(greeting(version))
      greeted ||= bytes.readInt32BE(4) !== sslRequest
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  after(() => server.close())
  return `postgres://old@127.0.0.1:${(server.address() as AddressInfo).port}/old`
}

function greeting(version: string): Buffer {
  const status = (name: string, is: string) => message('S', Buffer.concat([text(name), text(is)]))
  const authenticated = message('R', Buffer.from([0, 0, 0, 0]))
  return Buffer.concat([authenticated, status('server_version', version), status('client_encoding', 'UTF8'), ready])
}

function answerTo(asked: Buffer, number: number): Buffer {
  const isSimple = asked.toString('latin1', 0, 1) === 'Q'
  const row = asked.includes('version') ? [message('T', field('server_version_num')), message('D', value(`${number}`))] : []
  return Buffer.concat([...(isSimple ? [] : [message('1'), message('2')]), ...row, message('C', text('SELECT 1')), ready])
}

const sslRequest = 80_877_103
const text = (is: string) => Buffer.from(`${is}\0`)

function message(type: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const ready = message('Z', Buffer.from('I'))

function field(name: string): Buffer {
  const count = Buffer.alloc(2)
  count.writeInt16BE(1)
  const rest = Buffer.alloc(18)
  rest.writeInt32BE(25, 6) // text
  rest.writeInt16BE(-1, 10)
  return Buffer.concat([count, text(name), rest])
}

function value(is: string): Buffer {
  const head = Buffer.alloc(6)
  head.writeInt16BE(1)
  head.writeInt32BE(is.length, 2)
  return Buffer.concat([head, Buffer.from(is)])
}
