import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { theatre } from '#domains/practice/tests/scene.ts'
import { somebody, type Somebody } from '#platform/identity/tests/cast.ts'
import { newAddress, password } from '#platform/identity/tests/scene.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { linkTo } from '#platform/identity/web/tests/coming-in-scene.ts'
import { dayOf, instantOf, plusDays } from '#platform/scheduling/time.ts'
import { keyboardOf } from '#tests/keyboard.ts'
import { freshPages } from '#tests/pages.ts'

const pages = await freshPages()
const { server, open } = pages
const { aCase } = await theatre(server.db)
for (let n = 0; n < 3; n++) await aCase()

const medic = async (name: string, zone = 'Europe/London') => {
  const person = await somebody(server, name)
  await server.db.sql('update identity.accounts set zone = $2 where user_id = $1', [person.id, zone])
  return person
}
const appears = async (person: Somebody) => {
  const [first_name, last_name] = person.name.split(' ')
  await person.put('/practice/profile', { first_name, last_name, training_level: 'Student' })
  return person
}
let days = 2
/** At that hour of London, each time of another day. */
const nextDay = (clock = '19:00') => instantOf(plusDays(dayOf(new Date(), 'Europe/London'), days++), clock, 'Europe/London').toISOString()
const offered = async (host: Somebody, starts_at = nextDay(), more = {}) => {
  const { status, body } = await host.post('/practice/offers', { starts_at, minutes: 60, type: 'mock', format: 'short', ...more })
  assert.equal(status, 200, JSON.stringify(body))
  return (body as { id: string }).id
}
/** Counts what a person does: a click, or a field. */
const countingOn = (page: Page) => {
  let acts = 0
  return {
    press: (role: 'link' | 'button' | 'checkbox', name: string | RegExp) => (acts++, page.getByRole(role, { name }).first().click()),
    fill: (label: string, text: string) => (acts++, page.getByLabel(label, { exact: true }).fill(text)),
    acts: () => acts,
  }
}

test('Ada, new and in Kolkata, offers with three clicks and a field; Bo in London takes the seat with two, and her open page says so', async () => {
  const [ada, bo] = [await medic('Ada Anand', 'Asia/Kolkata'), await appears(await medic('Bo Bell'))]
  const hers = await browserOf(pages, ada, '/today', { timezoneId: 'Asia/Kolkata' })
  const she = countingOn(hers)
  await hers.getByRole('link', { name: 'Find a partner' }).waitFor()
  await she.press('link', 'Find a partner')
  await she.press('link', 'Offer a session')
  assert.equal(await hers.getByLabel('First name').inputValue(), 'Ada')
  assert.match(await hers.getByLabel('Begins at').inputValue(), /^(?:18|19|20|21):00$/)
  await she.fill('Where you are in your training', 'Foundation year 1')
  await she.press('button', 'Offer the session')
  await hers.getByRole('heading', { level: 1, name: 'Your session is offered' }).waitFor()
  assert.equal(she.acts(), 4)
  const link = await hers.getByLabel('Link').inputValue()

  const his = await browserOf(pages, bo, '/practice')
  const he = countingOn(his)
  const row = his.getByRole('link', { name: /Ada/ })
  await row.waitFor()
  const [{ starts_at }] = (await server.db.sql(
    `select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as starts_at
    from practice.practice_sessions where id = $1`,
    [link.split('/').at(-1)],
  )) as [{ starts_at: string }] // prettier-ignore
  const inLondon = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit' })
  assert.match((await row.textContent())!, new RegExp(`^${inLondon.format(new Date(starts_at))}–`))
  await he.press('link', /Ada/)
  await his.getByRole('heading', { level: 1, name: 'Practise with Ada' }).waitFor()
  await he.press('button', 'Take the seat')
  await his.waitForURL(/\/practice\/sessions\//)
  assert.equal(he.acts(), 2)
  const inKolkata = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Kolkata', hour: '2-digit', minute: '2-digit' })
  await his.getByText(`${inKolkata.format(new Date(starts_at))} for Ada`).waitFor()
  await hers.waitForURL(/\/practice\/sessions\//)
})

test('Cem, who was a moment too late, is told so and takes the nearest other seat with one more press', async () => {
  const [dee, eve] = [await appears(await medic('Dee Dunn')), await appears(await medic('Eve Ek'))]
  const [cem, fay] = [await medic('Cem Can'), await appears(await medic('Fay Fox'))]
  const wanted = await offered(dee, nextDay())
  await offered(eve, nextDay())
  const page = await browserOf(pages, cem, `/practice/offers/${wanted}`)
  await page.getByLabel('Where you are in your training').fill('Core trainee')
  assert.equal((await fay.post(`/practice/offers/${wanted}/guest`, { version: 1 })).status, 200)
  await page.getByRole('button', { name: 'Take the seat' }).click()
  await page.getByText('Somebody was faster').waitFor()
  await page.getByRole('button', { name: /^Take .* with Eve$/ }).click()
  await page.waitForURL(/\/practice\/sessions\//)
  const [{ seats }] = (await server.db.sql(
    `select count(*)::int as seats from practice.practice_sessions where guest_id = $1 and host_id = $2`,
    [cem.id, eve.id],
  )) as [{ seats: number }]
  assert.equal(seats, 1)
})

test('a stranger sees times, formats and first names, no note, and is led back to the seat they came for', async () => {
  const gil = await appears(await medic('Gil Grantham'))
  const id = await offered(gil, nextDay(), { note: 'Only for those who read it', level: 'core' })
  const page = await open('/practice')
  const row = page.getByRole('link', { name: /Gil/ })
  await row.waitFor()
  assert.match((await row.textContent())!, /^19:00/)
  assert.equal(await page.getByText('Grantham').count(), 0)
  assert.equal(await page.getByText('Only for those').count(), 0)
  await row.click()
  await page.getByRole('heading', { level: 1, name: 'Practise with Gil' }).waitFor()
  const up = page.getByRole('link', { name: 'Sign up to take this seat' })
  assert.equal(await up.getAttribute('href'), `/sign-up?next=/practice/offers/${id}`)
  await up.click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  assert.equal(new URL(page.url()).searchParams.get('next'), `/practice/offers/${id}`)
})

test('somebody without a mouse narrows the list by day and level, and the address keeps it', async () => {
  const [hal, ida] = [await appears(await medic('Hal Hunt')), await appears(await medic('Ida Iyer'))]
  const tomorrow = plusDays(dayOf(new Date(), 'Europe/London'), 1)
  await offered(hal, instantOf(tomorrow, '13:00', 'Europe/London').toISOString(), { level: 'core' })
  await offered(hal, instantOf(tomorrow, '15:00', 'Europe/London').toISOString(), { level: 'student' })
  const page = await browserOf(pages, ida, '/practice')
  const { press, choose } = await keyboardOf(page)
  const list = page.getByRole('list', { name: 'Free seats, Tomorrow' })
  await list.waitFor()
  await press('link', 'Tomorrow')
  await page.waitForURL(/day=/)
  assert.deepEqual(await page.getByRole('navigation', { name: 'Day' }).locator('[aria-current]').allTextContents(), ['Tomorrow'])
  await list.getByText('15:00–16:00').waitFor()
  await choose('Level', 'Core trainees')
  await list.getByText('15:00–16:00').waitFor({ state: 'detached' })
  await list.getByText('13:00–14:00').waitFor()
  await page.reload()
  await list.getByText('13:00–14:00').waitFor()
  assert.equal(await list.getByText('15:00–16:00').count(), 0)
  assert.equal(await page.getByLabel('Level').inputValue(), 'core')
})

test('Jun changes an offer, sends its link, and withdraws it; whoever comes by the link then is told, and no page shows it', async () => {
  const [jun, kai] = [await appears(await medic('Jun Jin')), await appears(await medic('Kai Kern'))]
  const id = await offered(jun, nextDay('18:00'), { note: 'First words' })
  const page = await browserOf(pages, jun, `/practice/offers/${id}`)
  await page.getByRole('button', { name: 'Change' }).click()
  const form = page.getByRole('dialog', { name: 'Change' })
  assert.equal(await form.getByLabel('Begins at').inputValue(), '18:00')
  await form.getByLabel('Begins at').fill('20:30')
  await form.getByLabel('A word to whoever might come').fill('Other words')
  await form.getByRole('button', { name: 'Change it' }).click()
  await page.getByText('20:30–21:30').first().waitFor()

  const his = await browserOf(pages, kai, `/practice/offers/${id}`)
  await his.getByText('Other words').waitFor()
  await page.getByRole('button', { name: 'Withdraw' }).click()
  await page.getByRole('dialog', { name: 'Withdraw' }).getByRole('button', { name: 'Withdraw' }).click()
  await page.waitForURL(/\/practice$/)
  await his.getByRole('button', { name: 'Take the seat' }).click()
  await his.getByText('This session is not there any more').waitFor()
  await his.reload()
  await his.getByRole('heading', { level: 1, name: 'This seat is not free' }).waitFor()
})

test('nobody offers a time that is past, or at which they are taken, and is told at the form', async () => {
  const lea = await appears(await medic('Lea Lund'))
  const at = nextDay('19:00')
  await offered(lea, at)
  const page = await browserOf(pages, lea, '/practice/offer')
  await page.getByLabel('Day').fill('2026-01-05')
  await page.getByRole('button', { name: 'Offer the session' }).click()
  await page.getByText('That time is over.').waitFor()
  await page.getByLabel('Day').fill(dayOf(at, 'Europe/London'))
  await page.getByLabel('Begins at').fill('19:30')
  await page.getByRole('button', { name: 'Offer the session' }).click()
  await page.getByText('You have something else planned at that time.').waitFor()
})

test('Mia and Noa say when they could, agree from their open pages, and find themselves in one session', async () => {
  const [mia, noa] = [await medic('Mia Moss'), await appears(await medic('Noa Nagy', 'Asia/Kolkata'))]
  const day = plusDays(dayOf(new Date(), 'Europe/London'), days++)
  const hers = await browserOf(pages, mia, '/practice')
  await hers.getByRole('link', { name: 'Say when you could' }).click()
  await hers.getByLabel('Where you are in your training').fill('Foundation year 2')
  await hers.getByLabel('Day').fill(day)
  await hers.getByLabel('From').fill('18:00')
  await hers.getByLabel('Until').fill('23:00')
  await hers.getByRole('button', { name: 'Find me a partner' }).click()
  await hers.getByRole('list', { name: 'When I could' }).getByText('18:00–23:00').first().waitFor()

  const since = instantOf(day, '20:00', 'Europe/London')
  const { status } = await noa.post('/practice/wishes', {
    since: since.toISOString(),
    until: new Date(since.getTime() + 4 * 3_600_000).toISOString(),
    minutes: 60,
    type: 'mock',
    format: 'short',
  })
  assert.equal(status, 200)
  await hers.getByRole('heading', { name: 'Practise with Noa?' }).waitFor() // without a press
  const his = await browserOf(pages, noa, '/practice/wishes', { timezoneId: 'Asia/Kolkata' })
  await his.getByRole('heading', { name: 'Practise with Mia?' }).waitFor()
  await his.getByRole('button', { name: 'Yes, practise' }).click()
  await his.getByText('Mia has not answered yet').waitFor()
  await hers.getByText('Noa wants to.').waitFor()
  await hers.getByRole('button', { name: 'Yes, practise' }).click()
  await hers.waitForURL(/\/practice\/sessions\//)
  assert.deepEqual(
    await server.db.sql('select guest_id, starts_at = $2 as at_eight from practice.practice_sessions where host_id = $1', [mia.id, since]),
    [{ guest_id: noa.id, at_eight: true }],
  )
})

test('Ole comes by a link to a seat that is taken, waits for it, and is led to it when it is free', async () => {
  const [pia, qi, ole] = [
    await appears(await medic('Pia Poe')),
    await appears(await medic('Qi Quinn')),
    await appears(await medic('Ole Olsen')),
  ]
  const id = await offered(pia)
  assert.equal((await qi.post(`/practice/offers/${id}/guest`, { version: 1 })).status, 200)
  const page = await browserOf(pages, ole, `/practice/offers/${id}`)
  await page.getByRole('button', { name: 'Tell me when it is free again' }).click()
  await page.getByText('You are told when this seat is free again').waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Do not wait any longer' }).waitFor()
  assert.equal((await qi.post(`/practice/sessions/${id}/leaving`, { version: 2 })).status, 200)
  await page.goto('/today')
  await page
    .getByRole('button', { name: /notice/i })
    .first()
    .click()
  await page.getByText('A seat you waited for is free').first().click()
  await page.getByRole('heading', { level: 1, name: 'Practise with Pia' }).waitFor()
})

test('Today says that somebody took the seat until it is seen, and a quarter of an hour before leads to the room', async () => {
  const [rex, sue] = [await appears(await medic('Rex Roe')), await appears(await medic('Sue Sand'))]
  const id = await offered(rex)
  const page = await browserOf(pages, rex, '/today')
  await page.getByRole('heading', { level: 1 }).waitFor()
  assert.equal(await page.getByRole('link', { name: 'Find a partner' }).count(), 0, 'something is planned')
  assert.equal((await sue.post(`/practice/offers/${id}/guest`, { version: 1 })).status, 200)
  const told = page.getByRole('region', { name: 'Somebody took your seat' })
  await told.getByText('With Sue Sand').waitFor()
  await told.getByRole('button', { name: 'Seen' }).click()
  await told.waitFor({ state: 'detached' })
  await server.db.sql(
    `update practice.practice_sessions set "date" = ((now() + interval '10 minutes') at time zone 'UTC')::date, "time" = ((now() + interval '10 minutes') at time zone 'UTC')::time where id = $1`,
    [id],
  )
  await page.reload()
  await page.getByRole('region', { name: 'Your practice session' }).getByText('The room is open').waitFor()
  await told.first().waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Check in' }).click()
  await page.waitForURL(new RegExp(`/practice/sessions/${id}`))
})

test('a stranger who knows only the address sits in a seat after eleven steps, the mail included', async () => {
  const tia = await appears(await medic('Tia Tan'))
  const id = await offered(tia)
  const email = newAddress('ugo')
  const page = await open('/practice')
  const they = countingOn(page)
  await page.getByRole('link', { name: /Tia/ }).waitFor()
  await they.press('link', /Tia/)
  await they.press('link', 'Sign up to take this seat')
  await page.getByRole('heading', { level: 1, name: 'Make an account' }).waitFor()
  await they.fill('Name', 'Ugo Udo')
  await they.fill('E-mail', email)
  await they.fill('Password', password)
  await they.press('checkbox', 'I am 18 or older')
  await they.press('button', 'Make my account')
  await page.getByRole('heading', { level: 1, name: 'Look into your mail' }).waitFor()
  await page.goto(await linkTo(server, email))
  await they.press('button', 'Confirm my address')
  await page.getByRole('heading', { level: 1, name: 'Practise with Tia' }).waitFor()
  assert.equal(await page.getByLabel('First name').inputValue(), 'Ugo')
  await they.fill('Where you are in your training', 'Student')
  await they.press('button', 'Take the seat')
  await page.waitForURL(new RegExp(`/practice/sessions/${id}`))
  assert.equal(they.acts() + 1, 11, 'with the link in the mail')
})

test('Vera offers and Will takes the seat by keyboard alone; she says when she could, too, and takes it back', async () => {
  const [vera, will] = [await appears(await medic('Vera Voss')), await appears(await medic('Will Wu'))]
  const hers = await browserOf(pages, vera, '/practice')
  const she = await keyboardOf(hers)
  await hers.getByRole('link', { name: 'Offer a session' }).waitFor()
  await she.press('link', 'Offer a session')
  await hers.getByLabel('Begins at').waitFor()
  await she.choose('Level', 'Students')
  await she.type('A word to whoever might come', 'By keyboard')
  await she.press('button', 'Offer the session')
  await hers.getByRole('heading', { level: 1, name: 'Your session is offered' }).waitFor()

  const his = await browserOf(pages, will, '/practice?level=student')
  const he = await keyboardOf(his)
  await his.getByText('By keyboard').waitFor()
  await he.press('link', /Vera/)
  await his.getByRole('button', { name: 'Take the seat' }).waitFor()
  await he.press('button', 'Take the seat')
  await his.waitForURL(/\/practice\/sessions\//)

  await hers.goto('/practice/wishes')
  const again = await keyboardOf(hers)
  await hers.getByRole('button', { name: 'Find me a partner' }).waitFor()
  await again.choose('Format', 'Short')
  await again.press('button', 'Find me a partner')
  const list = hers.getByRole('list', { name: 'When I could' })
  await list.waitFor()
  await again.press('button', /^Take back/)
  await list.waitFor({ state: 'detached' })
  await hers.getByText('Nothing yet.').waitFor()
})

test('Xan blocks whoever offers a seat, and neither finds the other any more', async () => {
  const [xan, yve] = [await appears(await medic('Xan Xu')), await appears(await medic('Yve Young'))]
  const id = await offered(yve)
  const his = await offered(xan)
  const page = await browserOf(pages, xan, '/practice')
  await page.getByRole('link', { name: /Yve/ }).click()
  await page.getByRole('button', { name: 'Block' }).click()
  await page.getByRole('dialog', { name: 'Block' }).getByRole('button', { name: 'Block' }).click()
  await page.waitForURL(/\/practice$/)
  await page.getByRole('link', { name: /Yve/ }).waitFor({ state: 'detached' })
  await page.goto(`/practice/offers/${id}`)
  await page.getByRole('heading', { level: 1, name: 'This seat is not free' }).waitFor()
  await page.getByRole('button', { name: 'Tell me when it is free again' }).click()
  await page.getByText('This session is not there any more').waitFor()
  const hers = await browserOf(pages, yve, `/practice/offers/${his}`)
  await hers.getByRole('heading', { level: 1, name: 'This seat is not free' }).waitFor()
})

test('a session from Wednesday to Thursday fits into a page as narrow as at 400 %', async () => {
  const yan = await appears(await medic('Yan York'))
  const isWednesday = (day: string) => new Date(day).getUTCDay() === 3
  const wednesday = Array.from({ length: 7 }, (_, n) => plusDays(dayOf(new Date(), 'Europe/London'), 2 + n)).find(isWednesday)!
  await offered(yan, instantOf(wednesday, '23:30', 'Europe/London').toISOString())
  const page = await browserOf(pages, yan, '/practice/sessions', { viewport: { width: 320, height: 450 } })
  await page.getByText('23:30–Thu 00:30').waitFor()
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth))
})
