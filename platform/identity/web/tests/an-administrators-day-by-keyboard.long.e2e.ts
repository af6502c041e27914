import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callsOf, saidTo } from '#platform/identity/tests/cast.ts'
import { newAddress, password, somebody, unlimited } from '#platform/identity/tests/scene.ts'
import { keyboardOf } from '#tests/keyboard.ts'
import { freshPages } from '#tests/pages.ts'
import { signedIn } from './account-scene.ts'
import { heading, isAt, mailIn, whoIn } from './coming-in-scene.ts'

const pages = await freshPages({ REGISTRATION: 'invite' }, [unlimited()])
const { server, open } = pages
const mira = { email: newAddress('mira') }

test('Mira sets up an empty installation and invites Bo, who comes in by the link: both by keyboard alone', async () => {
  const page = await open(/\/setup\?token=\S+/.exec(server.said.join('\n'))![0])
  const hers = await keyboardOf(page)
  await hers.type('Name', 'Mira Okafor')
  await hers.type('E-mail', mira.email)
  await hers.type('Password', password)
  await hers.tick('checkbox', 'I am 18 or older')
  await hers.press('button', 'Make my account')
  await heading(page, 'This Vivavoce is yours')
  await hers.isAt('heading', 'This Vivavoce is yours')
  await hers.press('link', 'Invite people')
  await heading(page, 'Invitations')
  await hers.choose('They become', 'An administrator')
  await hers.choose('They become', 'A person like all others')
  await hers.choose('Good for', '14 days')
  const email = newAddress('bo')
  await hers.type('E-mail', email)
  await hers.type('Reason', 'joins the course')
  await hers.press('button', 'Make the invitation')
  await hers.go('textbox', 'Link')
  const link = await page.getByLabel('Link').inputValue()
  await hers.press('button', 'Copy the link')

  const other = await open(link)
  const his = await keyboardOf(other)
  await heading(other, 'You are invited')
  await his.type('Name', 'Bo Lindqvist')
  await his.type('E-mail', email)
  await his.type('Password', password)
  await his.tick('checkbox', 'I am 18 or older')
  await his.keys('Enter')
  await heading(other, 'Look into your mail')
  await other.goto((await mailIn(server, email)).link)
  await his.press('button', 'Confirm my address')
  await isAt(other, '/today')
  assert.equal(await whoIn(other), email)
})

test('Mira takes a report, suspends whom it is about, decides, and lifts it again, by keyboard alone', async () => {
  const [eve, bo] = [await named('Eve Loud'), await named('Bo Quiet')]
  const subject = { person_id: eve.id, subject_kind: 'person', subject_id: eve.id }
  await bo.post('/safety/reports', { ...subject, kind: 'harassment', words: 'Shouted at me, twice.' })
  const hers = await signedIn(pages, eve, '/account')
  const eves = await keyboardOf(hers)
  await eves.go('link', 'Devices')

  const page = await signedIn(pages, mira, '/today')
  const miras = await keyboardOf(page)
  await heading(page, 'Good')
  await miras.keys('g', 'a')
  await heading(page, 'Administration')
  await miras.press('link', /^Reports.*waits/)
  await heading(page, 'Reports')
  await miras.press('button', 'Take the report')
  await page.getByText('In your hands').waitFor()
  await miras.isAt('heading', 'Reports')
  await miras.press('link', 'The reported person')
  await heading(page, 'One person')
  await miras.type('Reason', 'a report of shouting')
  await miras.keys('Enter')
  await heading(page, 'Eve Loud')
  await miras.press('button', 'Suspend')
  await page.getByRole('dialog', { name: 'Suspend' }).waitFor()
  await miras.keys('Escape')
  await miras.isAt('button', 'Suspend')
  await miras.keys('Enter')
  await miras.type('Reason', 'the report was upheld')
  await miras.keys('Enter')
  await page.getByRole('definition').getByText('Suspended').waitFor()
  await miras.isAt('heading', 'What you can do')
  await eves.keys('Enter')
  await hers.waitForURL(({ pathname }) => pathname === '/sign-in')

  await miras.press('link', 'Reports')
  await heading(page, 'Reports')
  await miras.press('link', 'In work')
  await miras.press('button', 'Decide')
  await miras.choose('What was decided', 'They were suspended')
  await miras.type('Reason', 'the report was upheld')
  await miras.press('button', 'Decide')
  await page.getByText('Nobody is working on a report').waitFor()
  await miras.isAt('heading', 'Reports')
  await miras.press('link', 'People')
  await heading(page, 'People')
  await miras.type('Name or address', 'Eve')
  await miras.keys('Enter')
  await miras.press('link', /^Eve Loud/)
  await heading(page, 'Eve Loud')
  await miras.press('button', 'Lift suspension')
  await miras.press('button', 'Lift suspension')
  await page.getByRole('definition').getByText('Active').waitFor()
  const deeds = await server.db.sql(`select action, reason from audit.entries where subject_id = $1 order by id`, [eve.id])
  const suspended = deeds.find(({ action }) => action === 'identity.suspended')
  assert.equal(suspended?.['reason'], 'the report was upheld')
  assert.equal(await saidTo(eve.get('/identity/account')), 'token_not_accepted') // her session of before stays ended
})

test('Mira sees whether the record is whole, who did what, and how the server is, by keyboard alone', async () => {
  const page = await signedIn(pages, mira, '/administration')
  const hers = await keyboardOf(page)
  await hers.press('link', 'Audit')
  await heading(page, 'Audit')
  await hers.press('button', 'Verify the chain')
  await page.getByText(/nothing to verify|as (?:it was|they were) written/).waitFor()
  await hers.isAt('button', 'Verify the chain')
  await hers.type('Act', 'identity.suspended')
  await hers.keys('Enter')
  await hers.press('link', 'Show everything')
  await hers.press('link', 'System')
  await heading(page, 'System')
  await hers.press('link', 'Skip to the page')
  await hers.go('link', 'Invite one')
})

async function named(name: string) {
  const made = await somebody(server, name.split(' ')[0]!.toLowerCase())
  const calls = callsOf(server, made.session.access_token)
  await calls.patch('/identity/account', { name })
  return { ...made, ...calls }
}
