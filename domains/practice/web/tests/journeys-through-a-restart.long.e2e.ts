import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { configure } from '#platform/configuration/environment.ts'
import { keysOf } from '#platform/configuration/keys.ts'
import { database } from '#platform/database/acting.ts'
import { connect } from '#platform/database/connections.ts'
import { daysOff } from '#platform/rooms/web/tests/clocks.ts'
import { controls, flows } from '#platform/rooms/web/tests/scene.ts'
import { buildWeb } from '#platform/web/build.ts'
import { openNodes } from '#tests/nodes.ts'
import { quietPort, startProgram, temporaryFolder, type Program } from '#tests/processes.ts'
import type { TestServer } from '#tests/server.ts'
import { eventually, markedCase, medic, type Medic } from './journey-scene.ts'

// A server and a database of its own, that can both be killed in the middle of a station and come again under the same address.
const [nodes, port, DATA_DIR] = [await openNodes(), await quietPort(), temporaryFolder()]
const pools = connect({
  app: nodes.url('vivavoce_app'),
  worker: nodes.url('vivavoce_worker'),
  most: 4,
  prepare: true,
  onLost: () => {},
})
after(async () => {
  await pools.close()
  await nodes.stop()
})
const address = `http://localhost:${port}`
const env = {
  DATA_DIR,
  PORT: `${port}`,
  PUBLIC_URL: address,
  DATABASE_URL: nodes.url(),
  APP_DATABASE_URL: nodes.url('vivavoce_app'),
  WORKER_DATABASE_URL: nodes.url('vivavoce_worker'),
  MIGRATE: '0',
  LOG_LEVEL: 'fatal',
}
const sql = async <Row>(text: string, values: unknown[] = []) => (await nodes.sql.query(text, values)).rows as Row[]
const server = {
  address,
  db: { sql, database: database(pools) },
  keys: keysOf(configure(env)),
  log: [],
  said: [],
  stop: async () => {},
} as unknown as TestServer
await buildWeb()

test('the database and then the server are killed in the middle of a station: the clock is right, the ticks are there, the call goes on', async (t) => {
  let running = await started()
  await sql(`insert into practice.formats (id, name, rating) values ('short', 'Short', '{low,middle,high}')`)
  await sql(`insert into practice.format_phases (format, phase, seconds, bells) values
    ('short', 'reading', 900, '{}'), ('short', 'running', 40, '{}'), ('short', 'marking', 900, '{}'), ('short', 'feedback', 900, '{}')`)
  await sql(`insert into practice.format_scales (format, domain, points) values ('short', 'communication', '{none,some,much}')`)
  const one = await markedCase(sql, 'Somebody at noon')
  await sql(`insert into practice.checklist_items (case_id, position, domain, words) values ($1, 3, 'communication', 'third')`, [one.id])
  const [ada, bo] = await Promise.all([
    medic({ server }, 'Ada Bell', 'Europe/London'),
    medic({ server }, 'Bo Carr', 'Asia/Kolkata', { before: daysOff(1) }),
  ])
  const session = await seated(ada, bo)
  for (const who of [ada, bo]) await goesIn(who, session)
  await flows([ada, bo])
  await ada.choose('Who is the candidate first?', 'Bo Carr')
  await ada.press('Ring the first bell')
  await bo.press('I have read it: begin')
  await ada.press('Sheet', 'tab')
  const items = ada.page.getByRole('tabpanel', { name: 'Sheet' }).getByRole('checkbox')
  const marks = async () => (await sql('select from practice.ticks where session_id = $1', [session])).length
  await items.nth(0).click()
  await eventually(async () => (await marks()) === 1)
  t.diagnostic(`clocks off by ${await clocksOff([ada, bo], session)}`)

  process.kill(nodes.postgres(), 'SIGKILL')
  await items.nth(1).click()
  await flows([ada, bo])
  await eventually(async () => (await marks().catch(() => 0)) === 2, 'the tick that was made while the database was away')
  t.diagnostic(`clocks after kill -9 of the database off by ${await clocksOff([ada, bo], session)}`)

  running.process.kill('SIGKILL')
  await once(running.process, 'exit')
  await items.nth(2).click()
  assert.equal(await items.nth(2).isChecked(), true)
  await flows([ada, bo])
  for (const who of [ada, bo]) await phase(who, 'Marking').waitFor({ timeout: 100_000 }) // which nobody told them
  for (const who of [ada, bo]) who.plays(one, who === ada ? 'actor' : 'candidate', 'marking')
  for (const who of [ada, bo]) who.holdsNoMore([one])
  running = await started()
  await eventually(async () => (await marks()) === 3, 'the tick that was made while the server was away')
  for (const who of [ada, bo]) await phase(who, 'Marking').waitFor()
  t.diagnostic(`clocks after kill -9 of the server off by ${await clocksOff([ada, bo], session)}`)
  await flows([ada, bo])

  await ada.page.reload()
  await controls(ada.page).waitFor() // straight back
  await ada.page.getByRole('tab', { name: 'Sheet' }).click()
  await eventually(async () => (await Promise.all([0, 1, 2].map((at) => items.nth(at).isChecked()))).every(Boolean))
  await ada.choose('Communication', 'some')
  await ada.choose('Overall', 'middle')
  await ada.press('Hand in and go on to the feedback')
  await bo.press('Markscheme', 'tab')
  await bo.says(one.marks.markscheme)
  for (const who of [ada, bo]) who.plays(one, who === ada ? 'actor' : 'candidate', 'feedback')
  for (const who of [ada, bo]) who.holdsNoMore([one])
  await flows([ada, bo])
  for (const who of [ada, bo]) await who.page.context().browser()!.close()
  running.process.kill('SIGTERM')
})

async function seated(host: Medic, guest: Medic): Promise<string> {
  for (const who of [host, guest])
    await who.put('/practice/profile', { first_name: who.name.split(' ')[0], last_name: who.name.split(' ')[1], training_level: 'Student' })
  const starts_at = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 300_000).toISOString()
  const { status, body } = await host.post('/practice/offers', { starts_at, minutes: 60, type: 'mock', format: 'short' })
  assert.equal(status, 200, JSON.stringify(body))
  const { id, version } = body as { id: string; version: number }
  assert.equal((await guest.post(`/practice/offers/${id}/guest`, { version })).status, 200)
  return id
}

async function goesIn(who: Medic, session: string): Promise<void> {
  await who.page.goto(`/practice/sessions/${session}`)
  await who.press('Check in and go to the room')
  const ask = who.page.getByRole('button', { name: 'Use camera and microphone' })
  const go = who.page.getByRole('button', { name: 'Go in', exact: true })
  await ask.or(go).first().waitFor()
  if (await ask.isVisible()) await ask.click()
  await go.click()
  await controls(who.page).waitFor()
}

/** There while it is the one that runs. */
const phase = ({ page }: Medic, name: string) =>
  page.getByRole('list', { name: 'Phases' }).locator('[aria-current=step]').filter({ hasText: name })

/**
 * How far what is shown lies from what the database says is left, in seconds; a second is shown for a second, and when a phase begins the page may
 * need one to say so.
 */
async function clocksOff(people: readonly Medic[], session: string): Promise<string> {
  let found = ''
  await eventually(async () => {
    const off = await Promise.all(people.map(({ page }) => clockOff(page, session)))
    found = `${off.map((one) => one.toFixed(2)).join(', ')} s`
    return off.every((one) => Math.abs(one) <= 1.5)
  }, 'the clocks are wrong')
  return found
}

async function clockOff(page: Page, session: string): Promise<number> {
  const [row] = await sql<{ ends: number }>(
    `select (extract(epoch from case when marking_at > clock_timestamp() then marking_at else feedback_at end) * 1000)::float8 as ends
     from practice.rounds where session_id = $1 and ended_at is null`,
    [session],
  )
  const [minutes, seconds] = (await page.getByRole('timer').textContent())!.split(':').map(Number)
  return (row!.ends - Date.now()) / 1_000 - (minutes! * 60 + seconds!)
}

async function started(): Promise<Program> {
  for (let tries = 0; ; tries++)
    try {
      const program = startProgram(process.execPath, ['tests/sample/main.ts', '--pages'], env)
      assert.equal(await program.address, address)
      return program
    } catch (error) {
      if (tries > 20) throw error // a database that is just starting lets no server start; whoever watches over it tries again
    }
}
