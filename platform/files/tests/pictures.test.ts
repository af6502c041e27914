import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { root } from '#platform/configuration/environment.ts'
import { temporaryFolder } from '#tests/processes.ts'
import type { Mime } from '../kinds.ts'
import { redraw, walls } from '../pictures.ts'
import { shrink } from '../pictures/shrink.ts'
import { decoded, encoded, pdf, pixels, pngClaiming, withExif, zip, type Colour } from './making.ts'
import { is, scene } from './scene.ts'

const there = await scene()
const ada = await there.somebody('ada')
const red: Colour = [200, 30, 30, 255]
const blue: Colour = [30, 30, 200, 255]
const flag = pixels(600, 300, (x) => (x < 300 ? red : blue))

async function stored(purpose: string, name: string, bytes: Buffer): Promise<Buffer> {
  const { status, id, text } = await ada.upload(purpose, name, bytes)
  assert.equal(status, 204, text)
  const [{ object_path } = { object_path: '' }] = await there.db.sql<{ object_path: string }>(
    'select object_path from files.objects where id = $1',
    [id],
  )
  await ada(`GET /api/files/${id}`)
  return readFileSync(path.join(there.dataDir, 'files/objects', object_path))
}

const near = (picture: ImageData, x: number, y: number, colour: Colour) => {
  const at = (y * picture.width + x) * 4
  const found = [...picture.data.subarray(at, at + 4)]
  assert.ok(
    found.every((value, index) => Math.abs(value - colour[index]!) < 25),
    `${found.join()} is not ${colour.join()}`,
  )
}

describe('a picture is drawn anew', () => {
  for (const [mime, name] of [
    ['image/png', 'flag.png'],
    ['image/jpeg', 'flag.jpg'],
    ['image/webp', 'flag.webp'],
  ] as const)
    test(`as ${mime}, no larger than its purpose says, and looks the same`, async () => {
      const drawn = await decoded(mime, await stored('sample_picture', name, await encoded(mime, flag)))
      assert.deepEqual([drawn.width, drawn.height], [256, 128])
      near(drawn, 20, 64, red)
      near(drawn, 236, 64, blue)
    })

  test('without the place where it was taken, and turned as the telephone was', async () => {
    const taken = withExif(await encoded('image/jpeg', flag))
    for (const secret of ['Exif', '12 Elm Street']) assert.ok(taken.includes(secret))
    const kept = await stored('sample_picture', 'IMG_0001.jpg', taken)
    for (const secret of ['Exif', '12 Elm Street', 'MM\0\x2a']) assert.ok(!kept.includes(secret), secret)
    const drawn = await decoded('image/jpeg', kept)
    assert.deepEqual([drawn.width, drawn.height], [128, 256])
    near(drawn, 64, 20, red)
    near(drawn, 64, 236, blue)
  })

  for (const [mime, name] of [
    ['image/png', 'a.png'],
    ['image/jpeg', 'a.jpg'],
    ['image/webp', 'a.webp'],
  ] as const)
    for (const [what, behind] of [
      ['a zip', zip({ name: 'evil.class', content: 'PAYLOAD' })],
      ['a page', Buffer.from('<html><script>PAYLOAD</script></html>')],
      ['a PDF', pdf('PAYLOAD')],
    ] as const)
      test(`${mime} with ${what} behind it loses ${what}`, async () => {
        const kept = await stored('sample_picture', name, Buffer.concat([await encoded(mime, flag), behind]))
        for (const trace of ['PAYLOAD', 'PK\x03\x04', '%PDF', '<html']) assert.ok(!kept.includes(trace), trace)
        assert.equal((await decoded(mime, kept)).width, 256)
      })

  test('and stays see-through', async () => {
    const glass = await decoded(
      'image/png',
      await stored(
        'sample_picture',
        'glass.png',
        await encoded(
          'image/png',
          pixels(512, 512, (x) => (x < 256 ? [0, 255, 0, 0] : red)),
        ),
      ),
    )
    assert.equal(glass.data[3], 0)
    near(glass, 200, 100, red)
  })
})

describe('a picture that is not whole is refused:', () => {
  const noise = pixels(400, 400, () => [...randomBytes(3), 255] as unknown as Colour)
  for (const [mime, name] of [
    ['image/png', 'a.png'],
    ['image/jpeg', 'a.jpg'],
    ['image/webp', 'a.webp'],
  ] as const)
    test(`half of ${mime}`, async () => {
      const whole = await encoded(mime, noise)
      await ada.upload('sample_picture', name, whole).then(({ id }) => ada(`DELETE /api/files/${id}`))
      const bo = await there.somebody('bo')
      is(await bo.upload('sample_picture', name, whole.subarray(0, whole.length / 2)), 'picture_cannot_be_read', 422)
      await there.nothingOf(bo)
    })

  test('whatever somebody scribbled in one, it is drawn or refused, and is no fault of ours', async () => {
    const cleo = await there.somebody('cleo')
    const whole = {
      'a.png': await encoded('image/png', flag),
      'a.jpg': await encoded('image/jpeg', flag),
      'a.webp': await encoded('image/webp', flag),
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...(Object.keys(whole) as (keyof typeof whole)[])),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        async (name, seed, scribble) => {
          const bytes = Buffer.from(whole[name])
          bytes.set(scribble, 12 + (seed % (bytes.length - 24)))
          const { status, body, id } = await cleo.upload('sample_picture', name, bytes)
          if (status === 204) assert.equal((await cleo(`DELETE /api/files/${id}`)).status, 200)
          else assert.match(String(body['code']), /^(?:picture_cannot_be_read|picture_has_too_many_pixels|type_not_allowed)$/)
        },
      ),
      { numRuns: 12 },
    )
    await there.nothingOf(cleo)
  })
})

test('a picture of 900 million pixels in a few kilobytes is refused without making room for it', async () => {
  const bo = await there.somebody('bo')
  const bomb = pngClaiming(30_000, 30_000, 200)
  assert.ok(bomb.length < 100_000)
  const before = process.memoryUsage().rss
  is(await bo.upload('sample_picture', 'bomb.png', bomb), 'picture_has_too_many_pixels', 422)
  const grown = process.memoryUsage().rss - before
  assert.ok(grown < 64 * 2 ** 20, `${grown} bytes more`)
})

test('what says it is small and unpacks to more than there is for it is refused', async () => {
  const file = path.join(temporaryFolder(), 'bomb.png')
  writeFileSync(file, pngClaiming(24_000, 1_000, 1_000)) // as many pixels as it may have: 100 MB of them
  await using handle = await open(file)
  const drawn = await redraw(handle, 'image/png', { largestPixels: 25_000_000, side: 64 })
  assert.ok(drawn.length < 10_000)
  await assert.rejects(redraw(handle, 'image/png', { largestPixels: 1_000_000, side: 64 }), { code: 'picture_has_too_many_pixels' })
})

test('three at once wait for each other', async () => {
  const folder = temporaryFolder()
  const draw = async (name: string, mime: Mime) => {
    writeFileSync(path.join(folder, name), await encoded(mime, flag))
    await using handle = await open(path.join(folder, name))
    return await redraw(handle, mime, { largestPixels: 1_000_000, side: 32 })
  }
  const drawn = await Promise.all([draw('a', 'image/png'), draw('b', 'image/jpeg'), draw('c', 'image/webp')])
  assert.ok(drawn.every(({ length }) => length > 0))
})

// Whoever reads foreign pixels may do nothing else.
describe('the process that draws cannot', () => {
  for (const [what, script] of [
    ['read a file of ours', `require('fs').readFileSync(${JSON.stringify(path.join(root, 'LICENSE'))})`],
    ['read the system’s', `require('fs').readFileSync('/etc/passwd')`],
    ['write', `require('fs').writeFileSync('${path.join(temporaryFolder(), 'x')}', '')`],
    ['start a program', `require('child_process').execSync('true')`],
    ['start a thread', `new (require('worker_threads').Worker)('1', { eval: true })`],
    ['load native code', `process.dlopen({ exports: {} }, '/nowhere.node')`],
  ] as const)
    test(what, () => {
      const { status, stderr } = spawnSync(process.execPath, [...walls, '-e', script], { env: {}, encoding: 'utf8' })
      assert.notEqual(status, 0)
      assert.match(stderr, /ERR_ACCESS_DENIED|ERR_DLOPEN_DISABLED/)
    })

  test('reach a network', () => {
    const script = `require('net').connect(1, '127.0.0.1').on('error', (e) => { console.error(e.code); process.exit(1) })`
    const { stderr } = spawnSync(process.execPath, [...walls, '-e', script], { env: {}, encoding: 'utf8' })
    assert.match(stderr, /ERR_ACCESS_DENIED/)
  })
})

test('shrinking keeps the mean of what was there', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 40 }),
      (width, height, side) => {
        const picture = pixels(width, height, (x, y) => [x * 4, y * 4, 128, 255])
        const small = shrink(picture, side)
        assert.ok(small.width <= Math.max(side, 1) && small.height <= Math.max(side, 1))
        for (const channel of [0, 1, 2]) assert.ok(Math.abs(mean(picture, channel) - mean(small, channel)) < 2)
      },
    ),
  )
})

const mean = ({ data, width, height }: ImageData, channel: number) => {
  let sum = 0
  for (let at = channel; at < data.length; at += 4) sum += data[at]!
  return sum / (width * height)
}
