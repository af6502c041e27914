import assert from 'node:assert/strict'
import { test } from 'node:test'
import { theatre } from '#domains/practice/tests/scene.ts'
import { flows } from '#platform/rooms/web/tests/scene.ts'
import { freshPages } from '#tests/pages.ts'
import { eventually, markedCase, medic, type Medic } from './journey-scene.ts'
import { caseOf, goesIn, offers, roomOf, takes, throughTheDoor } from './journey-steps.ts'

// The whole way, as two people go it: every step is counted, every byte that comes to whom is kept.
const pages = await freshPages()
const { sql } = pages.server.db
await theatre(pages.server.db)
const cases = [
  await markedCase(sql, 'Somebody at dawn'),
  await markedCase(sql, 'Somebody at noon'),
  await markedCase(sql, 'Somebody at dusk'),
  await markedCase(sql, 'Somebody at night'),
]

test('Ada in London offers, Bo in Kolkata finds and comes; they play, mark, talk, swap and see their results, in twenty steps each; one watches, a stranger finds nothing', async (t) => {
  const [ada, bo] = await Promise.all([medic(pages, 'Ada Bell', 'Europe/London'), medic(pages, 'Bo Carr', 'Asia/Kolkata')])
  const session = await offers(sql, ada)
  await takes(bo, 'Ada')
  await ada.page.waitForURL(/\/practice\/sessions\//) // her open page says so by itself
  for (const who of [ada, bo]) await goesIn(who)
  await flows([ada, bo])
  const room = await roomOf(ada, session)

  const [cleo, eve] = [await medic(pages, 'Cleo Dale', 'Europe/London'), await medic(pages, 'Eve Ek', 'Europe/London')]
  await watches(cleo, ada, bo, session)
  await cannotCome(eve, session, room)

  await ada.choose('Who is the candidate first?', 'Bo Carr')
  await ada.press('Ring the first bell')
  await bo.says('Your card as the candidate')
  await ada.says('You play the patient')
  const first = await caseOf(sql, cases, session, 1)
  const all = [ada, bo, cleo, eve]
  const now = async (phase: 'reading' | 'running' | 'marking' | 'feedback', seen: () => Promise<void>) => {
    await seen()
    ada.plays(first, 'actor', phase)
    bo.plays(first, 'candidate', phase)
    cleo.plays(first, 'observer', phase)
    await cleo.page
      .getByRole('list', { name: 'Phases' })
      .locator('[aria-current=step]')
      .filter({ hasText: new RegExp(phase, 'i') })
      .waitFor()
    for (const who of all) who.holdsNoMore(cases)
  }
  await now('reading', () => cleo.says(first.marks.candidate_brief))

  const second = await ada.page.context().newPage() // two tabs of one person have what one has
  await second.goto(`/practice/sessions/${session}?call=no`)
  await second.getByText('You play the patient').waitFor()
  await bo.press('I have read it: begin')
  await ada.press('Sheet', 'tab')
  await ada.on(ada.page.getByRole('tabpanel', { name: 'Sheet' }).getByRole('checkbox').first())
  await second.getByRole('tab', { name: 'Sheet' }).click()
  await eventually(() => second.getByRole('tabpanel', { name: 'Sheet' }).getByRole('checkbox').first().isChecked())
  await second.close()
  await now('running', () => ada.says(first.marks.item))

  await ada.press('End the station and mark')
  await now('marking', () => bo.says('finishes the sheet now'))
  await marks(ada)
  await now('feedback', () => bo.says('One thing was good.'))
  await bo.press('Swap roles')
  await ada.says('Your card as the candidate')
  const next = await caseOf(sql, cases, session, 2)
  assert.notEqual(next.id, first.id)
  ada.plays(next, 'candidate', 'reading')
  bo.plays(next, 'actor', 'reading')
  cleo.plays(next, 'observer', 'reading')
  await cleo.says(next.marks.candidate_brief)
  for (const who of all) who.holdsNoMore(cases)

  await ada.press('I have read it: begin')
  await bo.press('End the station and mark')
  bo.plays(next, 'actor', 'marking')
  ada.plays(next, 'candidate', 'marking')
  cleo.plays(next, 'observer', 'marking')
  await marks(bo)
  await ada.says('One thing was good.')
  for (const who of [ada, bo, cleo]) who.plays(next, who === ada ? 'candidate' : who === bo ? 'actor' : 'observer', 'feedback')
  await ada.press('Markscheme', 'tab')
  await cleo.says(next.marks.markscheme)
  await bo.press('Finish')
  await bo.on(bo.page.getByRole('dialog').getByRole('button', { name: 'Finish' }))
  await results(ada, 'Bo Carr', next.name)
  await results(bo, 'Ada Bell', first.name)
  await cleo.page.getByText('This session is over.').waitFor()
  for (const who of all) who.holdsNoMore(cases)
  t.diagnostic(`from Today to their results: ${ada.steps()} and ${bo.steps()} steps`)
  assert.ok(ada.steps() <= 20 && bo.steps() <= 20, `${ada.steps()} and ${bo.steps()}`)
  for (const who of all) await who.page.context().browser()!.close()
})

/** By a link of the one's, once the other has agreed. */
async function watches(who: Medic, by: Medic, other: Medic, session: string): Promise<void> {
  const { body } = await by.post(`/practice/sessions/${session}/observer-link`)
  await who.page.goto((body as { link: string }).link)
  await who.fill('Where you are in your training', 'Student')
  await who.press('Ask to watch')
  await who.says('You have asked to watch')
  assert.equal(await who.page.getByRole('button', { name: 'Go in' }).count(), 0)
  const asked = other.page.getByRole('group', { name: `${who.name} asks to watch` })
  await asked.getByRole('button', { name: 'Agree' }).click()
  await throughTheDoor(who)
  await flows([by, other, who])
}

/** Who knows the addresses and has no seat. */
async function cannotCome(who: Medic, session: string, room: string): Promise<void> {
  await who.page.goto(`/practice/sessions/${session}`)
  await who.says('You have no seat here')
  await who.page.goto(`/practice/watching/${session}`)
  await who.says('You do not watch this session')
  await who.page.goto(`/rooms/${room}`)
  await who.page.getByRole('heading', { level: 1 }).waitFor()
  assert.equal(await who.page.getByRole('button', { name: 'Go in' }).count(), 0)
}

async function marks(who: Medic): Promise<void> {
  await who.choose('Communication', 'some')
  await who.choose('Ethics and law', 'much')
  await who.choose('Overall', 'middle')
  await who.fill('In your own words', 'One thing was good.')
  await who.press('Hand in and go on to the feedback')
}

async function results(who: Medic, other: string, name: string): Promise<void> {
  await who.page.getByRole('heading', { name: `You practised with ${other}` }).waitFor()
  await who.press(new RegExp(name), 'link')
  await who.page.getByRole('heading', { level: 1, name: new RegExp(name) }).waitFor()
  await who.says('One thing was good.')
}
