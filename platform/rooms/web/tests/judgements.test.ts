import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { linesOf, verdict, type Tried } from '../check/verdict.ts'
import { inMinutes, inWords } from '../clock-state.ts'
import { faultIn } from '../devices.ts'
import { levelOf, scaled, speaking } from '../levels.ts'
import { capsFor } from '../mesh.ts'
import { fine, isMine, isPoor, judge, type Judgement } from '../weak.ts'

const good = { lostThere: 0, lostHere: 0.01, takes: undefined }
const poor = { lostThere: 0.2, lostHere: 0, takes: undefined }

describe('A line is judged', () => {
  const seconds = (from: Judgement, poor: boolean, first: number, last: number): Judgement => {
    let now = from
    for (let second = first; second <= last; second += 2) now = judge(now, poor, second * 1_000)
    return now
  }

  test('by what is lost on it, or by what it takes while it holds pictures back', () => {
    assert.equal(isPoor(good), false)
    assert.equal(isPoor(poor), true)
    assert.equal(isPoor({ ...good, lostHere: 0.09 }), true)
    assert.equal(isPoor({ ...good, takes: 90_000 }), true)
    assert.equal(isPoor({ ...good, takes: 900_000 }), false)
  })

  test('as mine when most say so, and not when it is one other’s', () => {
    assert.equal(isMine([]), false)
    assert.equal(isMine([poor]), true)
    assert.equal(isMine([poor, good]), false)
    assert.equal(isMine([poor, good, poor]), true)
    assert.equal(isMine([poor, good, good]), false)
  })

  test('weak after six seconds and not before; a moment does not count', () => {
    const passing = seconds(fine(0), true, 0, 4)
    assert.equal(passing.pictures, true)
    assert.equal(seconds(judge(passing, false, 5_000), true, 6, 10).pictures, true)
    assert.equal(seconds(fine(0), true, 0, 6).pictures, false)
  })

  test('anew fifteen seconds after it is good, then later and later, and never sooner', () => {
    let now = seconds(fine(0), true, 0, 6)
    assert.equal(seconds(now, false, 8, 22).pictures, false)
    now = seconds(now, false, 8, 24)
    assert.equal(now.pictures, true)
    now = seconds(now, true, 26, 32)
    assert.equal(now.pictures, false)
    assert.equal(seconds(now, false, 34, 62).pictures, false)
    assert.equal(seconds(now, false, 34, 64).pictures, true)
  })

  test('of two that both lose much, the second waits until the first has said so', () => {
    let [first, second] = [fine(0), fine(0)]
    for (let now = 0; now <= 8_000; now += 2_000) [first, second] = [judge(first, true, now), judge(second, true, now, 'second')]
    assert.deepEqual([first.pictures, second.pictures], [false, true])
  })
})

test('the more people, the less each picture takes, and without pictures none', () => {
  const [two, three, four] = [capsFor(2, true), capsFor(3, true), capsFor(4, true)]
  assert.ok(two.camera > three.camera && three.camera > four.camera)
  assert.ok(four.camera * 3 <= 1_200_000)
  assert.deepEqual([capsFor(3, false).camera, capsFor(3, false).screen], [0, 0])
})

test('speech is seen, silence is not, and a pause between words does not count', () => {
  assert.equal(levelOf(new Float32Array(512)), 0)
  assert.ok(scaled(0.1) > 0.6 && scaled(0.1) < 0.7)
  assert.ok(scaled(1) <= 1)
  const speaks = speaking()
  assert.equal(speaks(0.1, 0), false)
  assert.equal(speaks(0.8, 100), true)
  assert.equal(speaks(0, 600), true)
  assert.equal(speaks(0, 800), false)
})

test('what is left is said so that the last second counts until it has passed', () => {
  assert.deepEqual(
    [inMinutes(402_000), inMinutes(401_001), inMinutes(1), inMinutes(0), inMinutes(-5)],
    ['06:42', '06:42', '00:01', '00:00', '00:00'],
  )
  assert.equal(inMinutes(3_723_000), '1:02:03')
  assert.deepEqual([inWords(61_000), inWords(120_000), inWords(0)], ['1 minute 1 second', '2 minutes', 'no time'])
})

test('why a device cannot be had is told apart', () => {
  const why = (name: string, message = '') => faultIn({ name, message })
  assert.deepEqual(
    [why('NotAllowedError'), why('NotAllowedError', 'Permission denied by system'), why('NotFoundError'), why('NotReadableError')],
    ['denied', 'denied_by_system', 'none', 'in_use'],
  )
  assert.deepEqual([why('OverconstrainedError'), why('SecurityError'), why('TypeError')], ['gone', 'insecure', 'failed'])
})

describe('What this network allows', () => {
  const usual: Tried = {
    secure: true,
    camera: 'fine',
    microphone: 'fine',
    webrtc: true,
    server: true,
    udp: true,
    outside: undefined,
    relay: 'none',
  }
  const says = (change: Partial<Tried>) => verdict({ ...usual, ...change })

  test('is never called good without a relay that works', () => {
    for (const relay of ['none', 'silent', undefined] as const)
      for (const udp of [true, false])
        for (const server of [true, false, undefined]) assert.notEqual(says({ relay, udp, server }).is, 'good')
    assert.equal(says({ relay: 'works', udp: false }).is, 'good')
  })

  test('says whom to ask for a relay, and that one is set but silent', () => {
    const line = (change: Partial<Tried>) => linesOf({ ...usual, ...change }).find(({ what }) => what === 'Relay')!.says
    assert.match(line({}), /may fail: no relay is configured\. Ask whoever runs this installation to set TURN_URLS\.$/)
    assert.match(line({ relay: 'silent' }), /did not answer/)
  })

  test('is nothing where the server cannot be reached, or the page came over plain http', () => {
    assert.equal(says({ server: false, relay: 'works' }).is, 'bad')
    assert.equal(says({ secure: false, relay: 'works' }).is, 'bad')
    assert.match(linesOf({ ...usual, secure: false })[0]!.says, /https/)
  })
})
