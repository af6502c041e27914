import assert from 'node:assert/strict'
import { test } from 'node:test'
import { theatre } from '#domains/practice/tests/scene.ts'
import { flows } from '#platform/rooms/web/tests/scene.ts'
import { daysOff } from '#platform/rooms/web/tests/clocks.ts'
import { freshPages } from '#tests/pages.ts'
import { markedCase, medic } from './journey-scene.ts'
import { caseOf, goesIn, offers, read, roomOf, takes, throughTheDoor } from './journey-steps.ts'

const pages = await freshPages()
const { sql } = pages.server.db
await theatre(pages.server.db)
const cases = [
  await markedCase(sql, 'Somebody at dawn'),
  await markedCase(sql, 'Somebody at noon'),
  await markedCase(sql, 'Somebody at dusk'),
]

test('Dee is the candidate first, her clock a day ahead; her guest leaves in the middle, a third takes over, and neither gets what was the other’s', async () => {
  const [dee, eli, fay] = await Promise.all([
    medic(pages, 'Dee Dunn', 'America/New_York', { before: daysOff(1) }),
    medic(pages, 'Eli Ek', 'Australia/Lord_Howe', { before: daysOff(-1) }),
    medic(pages, 'Fay Fox', 'Europe/London', { viewport: { width: 390, height: 844 } }),
  ])
  const session = await offers(sql, dee)
  await takes(eli, 'Dee')
  for (const who of [dee, eli]) await goesIn(who)
  await dee.choose('Who is the candidate first?', 'You')
  await dee.press('Ring the first bell')
  await dee.says('Your card as the candidate')
  await eli.says('You play the patient')
  const first = await caseOf(sql, cases, session, 1)
  dee.plays(first, 'candidate', 'reading')
  eli.plays(first, 'actor', 'reading')
  for (const who of [dee, eli]) who.holdsNoMore(cases)
  await dee.press('I have read it: begin')
  await eli.press('Sheet', 'tab')
  eli.plays(first, 'actor', 'running')
  dee.plays(first, 'candidate', 'running')
  const left = await roomOf(dee, session)

  const { version } = await read(eli, session)
  assert.equal((await eli.post(`/practice/sessions/${session}/leaving`, { version })).status, 200)
  await dee.page.getByRole('heading', { name: 'Your free seat' }).waitFor()
  await eli.says('You have no seat here')

  await fay.page.goto(`/practice/offers/${session}`)
  await fay.fill('Where you are in your training', 'Core trainee')
  await fay.press('Take the seat')
  await throughTheDoor(dee) // her page still means to go in
  await goesIn(fay)
  await flows([dee, fay])
  assert.notEqual(await roomOf(dee, session), left)
  await eli.page.goto(`/rooms/${left}`)
  await eli.page.getByRole('heading', { level: 1 }).waitFor()
  await eli.page.goto(`/practice/sessions/${session}`)
  await eli.says('You have no seat here')
  await fay.choose('Who is the candidate first?', 'You')
  await fay.press('Ring the first bell')
  await fay.says('Your card as the candidate')
  await dee.says('You play the patient')
  const next = await caseOf(sql, cases, session, 2)
  assert.notEqual(next.id, first.id)
  fay.plays(next, 'candidate', 'reading')
  dee.plays(next, 'actor', 'reading')
  await fay.says(next.marks.candidate_brief)
  for (const who of [dee, eli, fay]) who.holdsNoMore(cases)
  for (const who of [dee, eli, fay]) await who.page.context().browser()!.close()
})
