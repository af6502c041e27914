import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { configure } from '#platform/configuration/environment.ts'
import { keysOf } from '#platform/configuration/keys.ts'
import { somebody, type Somebody } from '#platform/identity/tests/cast.ts'
import { buildWeb } from '#platform/web/build.ts'
import { freshDatabase } from '#tests/database.ts'
import { follow, send, type Follower, type Sent } from '#tests/faults/follower.ts'
import { faultsIn } from '#tests/faults/history.ts'
import { quietPort, startProgram, temporaryFolder, type Program } from '#tests/processes.ts'
import { tokenFor, type TestServer } from '#tests/server.ts'
import { clocksAgree, daysOff } from './clocks.ts'
import { controls, flows, goIn, guest, press, roomWith, seatOf, tile, type Guest } from './scene.ts'

// A process of its own, that can be told to end or be killed, and comes again under the same address.
const [db, port, DATA_DIR] = [await freshDatabase(), await quietPort(), temporaryFolder()]
const address = `http://localhost:${port}`
const env = {
  DATA_DIR,
  PORT: `${port}`,
  PUBLIC_URL: address,
  DATABASE_URL: db.url(),
  APP_DATABASE_URL: db.url('vivavoce_app'),
  WORKER_DATABASE_URL: db.url('vivavoce_worker'),
  MIGRATE: '0',
  LOG_LEVEL: 'fatal',
}
const server: TestServer = { address, db, keys: keysOf(configure(env)), log: [], said: [], stop: async () => {} }
await buildWeb()

test('Ada and Bo go on seeing each other while the server is told to end, and while it is killed; then all is as it should be, and nothing was lost', async (t) => {
  let running = await started()
  const [ada, bo] = await Promise.all([guest({ server }, 'Ada Bell', '/healthz'), guest({ server }, 'Bo Carr', '/healthz', {}, daysOff(1))])
  const room = await roomWith(ada, [seatOf(ada, 'host'), seatOf(bo, 'guest')], {
    plan: [
      { name: 'reading', seconds: 900, bells: [] },
      { name: 'asking', seconds: 6, bells: [] },
      { name: 'feedback', seconds: 900, bells: [] },
    ],
  })
  const told = [ada, bo].map(({ page }) => goodbyesTo(page))
  for (const who of [ada, bo]) await goIn(who, room)
  await press(ada, 'Begin')
  await flows([ada, bo])
  const inCall = await callsMadeBy([ada, bo])

  const talking = await talkBetween(await somebody(server, 'Cleo Dale'), ada)
  await talking.reached(20)
  const took = await endedBy(running, 'SIGTERM')
  t.diagnostic(`the server ended within ${took} ms of SIGTERM, in a call and with lines coming in`)
  assert.ok(took <= 15_000, `it took ${took} ms to end`)
  for (const goodbyes of [...told, talking.goodbyes]) assert.equal(goodbyes(), 1)
  await talkOnWithoutAServer([ada, bo])
  running = await started()
  await areBack([ada, bo])
  await isHeard(ada, bo, 'Are you still there?')
  t.diagnostic(`clocks after SIGTERM late by ${await clocksAgree(db, room, [ada, bo])}`)
  const { acknowledged, tries } = await talking.done()
  t.diagnostic(`${acknowledged} lines acknowledged in ${tries} tries`)
  assert.ok(tries > acknowledged, 'some were said while nobody listened')

  await press(bo, 'Turn the clock')
  await press(bo, 'Go on to asking')
  await bo.page.keyboard.press('Escape')
  for (const who of [ada, bo]) await phase(who, 'Reading').waitFor({ state: 'detached' })
  await endedBy(running, 'SIGKILL')
  await talkOnWithoutAServer([ada, bo])
  for (const who of [ada, bo]) await phase(who, 'Feedback').waitFor() // which nobody told them
  running = await started()
  await areBack([ada, bo])
  await isHeard(bo, ada, 'And you?')
  for (const who of [ada, bo]) await phase(who, 'Feedback').waitFor()
  t.diagnostic(`clocks after kill -9 late by ${await clocksAgree(db, room, [ada, bo])}`)

  await flows([ada, bo])
  assert.deepEqual(await callsMadeBy([ada, bo]), inCall, 'through all of it they talked on one and the same line')
  const seats = await db.sql('select state from rooms.seats where room_id = $1', [room])
  assert.deepEqual(seats, [{ state: 'inside' }, { state: 'inside' }])
  await Promise.all([ada, bo].map(({ page }) => page.context().browser()!.close()))
})

async function started(): Promise<Program> {
  const program = startProgram(process.execPath, ['tests/sample/main.ts', '--pages'], env)
  assert.equal(await program.address, address)
  return program
}

/** How many milliseconds it took. */
async function endedBy({ process, ended }: Program, signal: 'SIGTERM' | 'SIGKILL'): Promise<number> {
  const told = performance.now()
  const gone = once(process, 'exit')
  process.kill(signal)
  await gone
  const took = Math.round(performance.now() - told)
  if (signal === 'SIGTERM') assert.equal((await ended).code, 0, 'in good order')
  return took
}

/** How often the server told this page that it ends. */
function goodbyesTo(page: Page): () => number {
  let count = 0
  page.on('websocket', (line) => line.on('framereceived', ({ payload }) => void (payload.toString().includes('"say":"bye"') && count++)))
  return () => count
}

/** Both say that the room is not reached, and both go on seeing and hearing the other. */
async function talkOnWithoutAServer(people: readonly Guest[]): Promise<void> {
  for (const { page } of people) await page.getByText('Connecting to the room… Whom you hear already you go on hearing.').waitFor()
  await flows(people)
  for (const { page } of people) await showsTheOther(page)
}

/** More pictures of the other are shown than a moment ago: not only sent. */
async function showsTheOther(page: Page): Promise<void> {
  const shown = () =>
    tile(page, ', ')
      .locator('video')
      .evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames)
  const before = await shown()
  for (const end = performance.now() + 90_000; (await shown()) <= before; await pause(100))
    if (performance.now() > end) throw new Error('the picture stands still')
}

async function areBack(people: readonly Guest[]): Promise<void> {
  for (const { page } of people) {
    await page.getByText('Connecting to the room…').waitFor({ state: 'detached' })
    await controls(page).waitFor()
  }
}

async function isHeard(who: Guest, by: Guest, words: string): Promise<void> {
  await who.page.getByRole('button', { name: /^Chat/ }).click() // 'Chat 1 new', once something was heard
  await who.page.keyboard.type(words)
  await who.page.keyboard.press('Enter')
  await by.page.getByText(`${who.name} writes: ${words}`).waitFor()
  assert.equal(await who.page.getByText('Not sent').count(), 0)
  await who.page.keyboard.press('Escape')
}

/** There while it is the one that runs. */
const phase = ({ page }: Guest, name: string) =>
  page.getByRole('list', { name: 'Phases' }).locator('[aria-current=step]').filter({ hasText: name })

const callsMadeBy = (people: readonly Guest[]): Promise<number[]> =>
  Promise.all(people.map(({ page }) => page.evaluate(() => (window as unknown as { made: unknown[] }).made.length)))

type Talk = {
  reached: (count: number) => Promise<void>
  goodbyes: () => number
  done: () => Promise<{ acknowledged: number; tries: number }>
}

/** One sends, both listen, whatever happens to the server. */
async function talkBetween(who: Somebody, other: Somebody): Promise<Talk> {
  const count = 80
  const { id: topic } = (await who.post('/sample/talks', { people: [who.id, other.id] })).body as { id: string }
  const asThey = async ({ id, session, email }: Somebody) => ({
    token: await tokenFor(server.keys, id, { session_id: session, email }),
    address: () => `http://127.0.0.1:${port}`,
  })
  const [one, two] = [await asThey(who), await asThey(other)]
  const followers = [follow(one, [topic]), follow(two, [topic])]
  const over = new AbortController()
  const sent: Sent = { acknowledged: [], tries: 0, stop: over.signal }
  const sending = send(one, topic, count, sent, 50)
  after(() => {
    over.abort()
    for (const follower of followers) follower.stop()
  })
  return {
    async reached(count) {
      while (sent.acknowledged.length < count) await pause(10)
    },
    goodbyes: () => Math.min(...followers.map(({ seen }) => seen.filter(({ saw }) => saw === 'bye').length)),
    async done() {
      await sending
      assert.equal(sent.acknowledged.length, count)
      assert.deepEqual(await wrongWith(topic, sent, followers), [])
      return { acknowledged: count, tries: sent.tries }
    },
  }
}

/** All that is wrong in what these listeners saw, once each has heard all there is. */
async function wrongWith(topic: string, { acknowledged }: Sent, followers: Follower[]): Promise<string[]> {
  const rows = await db.sql<{ seq: string; line: string | null }>(
    `select seq, body->>'line' as line from live.events where topic_id = $1 order by seq`,
    [topic],
  )
  const kept = rows.map(({ seq, line }): [number, string | undefined] => [Number(seq), line ?? undefined])
  const last = kept.at(-1)![0]
  for (const end = performance.now() + 90_000; followers.some(({ cursors }) => cursors.get(topic) !== last); await pause(50))
    if (performance.now() > end) break // faultsIn says who did not hear it
  return followers.flatMap(({ seen }) => faultsIn({ acknowledged, kept, seen, topic }))
}
