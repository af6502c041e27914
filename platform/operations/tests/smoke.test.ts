import { test } from 'node:test'
import net from 'node:net'
import { freshServer } from '#tests/server.ts'
const s = await freshServer()
const port = Number(new URL(s.address).port)
const raw = (text: string | Buffer, half = false) =>
  new Promise<string>((done) => {
    const c = net.connect({ port, host: '127.0.0.1', allowHalfOpen: half })
    let got = ''
    c.on('data', (d) => (got += d))
    c.on('error', (e) => (got += `<<${(e as any).code}>>`))
    c.on('end', () => (got += '<<end>>'))
    c.on('close', () => done(got + '<<close>>'))
    setTimeout(() => {
      done(got + '<<open>>')
      c.destroy()
    }, 1500)
    c.write(text)
  })
const show = (n: string, t: string) => console.log('###', n, '\n', t.replace(/content-security-policy[^\n]*\n/, '').slice(0, 900))
test('x', async () => {
  show('garbage', await raw('hello\r\n\r\n'))
  show('garbage half', await raw('hello\r\n\r\n', true))
  show('nohost', await raw('GET /healthz HTTP/1.1\r\n\r\n'))
  show('two hosts', await raw('GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\nconnection: close\r\n\r\n'))
  show('http1.0', await raw('GET /healthz HTTP/1.0\r\n\r\n'))
  show(
    'expect',
    await raw('POST /api/sample/notes HTTP/1.1\r\nHost: a\r\nExpect: wonders\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'),
  )
  show('connect', await raw('CONNECT /x:80 HTTP/1.1\r\nHost: a\r\n\r\n'))
  show('upgrade', await raw('GET /healthz HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n'))
  show('propfind', await raw('PROPFIND /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'))
  show('trace', await raw('TRACE /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'))
  show('query', await raw('QUERY /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'))
  show('options', await raw('OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'))
  show('abs', await raw('GET http://evil/healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'))
  show('noslash', await raw('GET healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'))
  show('te+cl', await raw('POST /api/sample/notes HTTP/1.1\r\nHost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'))
  show(
    'badchunk',
    await raw(
      'POST /api/sample/notes HTTP/1.1\r\nHost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n\r\n',
    ),
  )
  show(
    'badchunk2',
    await raw(
      'POST /api/sample/notes HTTP/1.1\r\nHost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n3\r\n{}}zz\r\n\r\n',
    ),
  )
  show('manyheaders', await raw(`GET /healthz HTTP/1.1\r\nHost: a\r\n${'a: b\r\n'.repeat(10000)}\r\n`))
  show('3000 headers', await raw(`GET /api/sample/count HTTP/1.1\r\nHost: a\r\n${'a:b\r\n'.repeat(3000)}connection: close\r\n\r\n`))
  show('bighead', await raw(`GET /healthz HTTP/1.1\r\nHost: a\r\nx: ${'a'.repeat(100000)}\r\n\r\n`))
  show('bigurl', await raw(`GET /${'a'.repeat(20000)} HTTP/1.1\r\nHost: a\r\n\r\n`))
  show('longparam', await raw(`GET /api/sample/notes/${'a'.repeat(600)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`))
  const c = net.connect({ port, host: '127.0.0.1' })
  c.write('POST /api/sample/notes HTTP/1.1\r\nHost: a\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a":')
  await new Promise((r) => setTimeout(r, 100))
  c.destroy()
  await new Promise((r) => setTimeout(r, 200))
  console.log(s.log.slice(-12))
})
