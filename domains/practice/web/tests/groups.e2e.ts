import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { theatre } from '#domains/practice/tests/scene.ts'
import { somebody, type Somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { keyboardOf } from '#tests/keyboard.ts'
import { freshPages } from '#tests/pages.ts'

const pages = await freshPages()
const { server, open } = pages
const { aCase } = await theatre(server.db)
const one = await aCase()
await server.db.sql(`update practice.cases set case_name = 'Somebody at the gate' where id = $1`, [one.id])

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
const pathOf = (link: string) => new URL(link).pathname

/** Alone, as far as the feedback. */
async function practises({ post, get }: Somebody, case_id: string): Promise<void> {
  const { body } = await post('/practice/alone', { type: 'mock', format: 'short', case_id })
  const { id } = body as { id: string }
  for (const phase of ['running', 'marking', 'feedback']) {
    const { version } = (await get(`/practice/sessions/${id}`)).body as { version: number }
    assert.equal((await post(`/practice/sessions/${id}/phase`, { version, phase })).status, 200)
  }
}

test('Ada makes a group and assigns a case, Bo joins by her link, practises and leaves: both by keyboard alone', async () => {
  const [ada, bo] = [await somebody(server, 'Ada Anand'), await somebody(server, 'Bo Bell')]
  const hers = await browserOf(pages, ada, '/practice/groups')
  await heading(hers, 'Groups')
  const she = await keyboardOf(hers)
  await she.press('button', 'Make a group')
  await hers.getByRole('dialog', { name: 'Make a group' }).waitFor()
  await she.type('Where you are in your training', 'Consultant')
  await she.type('What it is called', 'Thursdays')
  await she.press('button', 'Make it')
  await heading(hers, 'Thursdays')
  const link = await hers.getByLabel('Link').inputValue()

  const his = await browserOf(pages, bo, pathOf(link))
  await heading(his, 'Join “Thursdays”?')
  const he = await keyboardOf(his)
  await he.type('Where you are in your training', 'Student')
  await he.press('button', 'Join the group')
  await heading(his, 'Thursdays')
  await his.getByText('Nothing is assigned yet').waitFor()

  await she.press('link', 'Assign a case')
  await heading(hers, 'Assign a case')
  await she.type('Search by name', 'gate')
  await she.press('link', /Somebody at the gate/)
  await she.type('What to mind', 'Mind the cue')
  await she.press('button', 'Assign it')
  await heading(hers, 'Thursdays')
  await hers.getByText('0 of 1 have practised it').waitFor()

  await his.goto('/today')
  const toDo = his.getByRole('list', { name: 'To practise' })
  await toDo.getByText('Mind the cue').waitFor()
  await practises(bo, one.id)
  await his.goto('/today')
  await his.getByRole('heading', { level: 1 }).waitFor()
  await his.goto(`/practice/cases/${one.id}`)
  await his.getByText('You practised it').waitFor()
  assert.equal(await toDo.count(), 0)
  await hers.reload()
  await hers.getByText('1 of 1 have practised it').waitFor()
  await hers.getByText('Has practised 1 of 1').waitFor()

  await he.press('link', 'Thursdays')
  await heading(his, 'Thursdays')
  await he.press('button', 'Leave the group')
  const leaving = his.getByRole('dialog', { name: 'Leave the group' })
  await leaving.getByText('does not count then').waitFor()
  await he.press('button', 'Leave the group')
  await his.getByText('You are in no group').waitFor()
  await hers.reload()
  await hers.getByText('Nobody is in the group yet').waitFor()
})

test('whoever has an old link, or none, is told so; whoever is not signed in is led back to the link afterwards', async () => {
  const [cem, dee] = [await somebody(server, 'Cem Celik'), await somebody(server, 'Dee Dunn')]
  for (const who of [cem, dee]) await who.put('/practice/profile', { first_name: who.name, training_level: 'Student' })
  const { id } = (await cem.post('/practice/groups', { name: 'Fridays' })).body as { id: string }
  const linkOf = async () => ((await cem.get(`/practice/groups/${id}`)).body as { link: string }).link
  const old = await linkOf()

  const hers = await browserOf(pages, dee, pathOf(old))
  await heading(hers, 'Join “Fridays”?')
  const his = await browserOf(pages, cem, `/practice/groups/${id}`)
  await his.getByRole('button', { name: 'Make another link' }).click()
  await his.getByRole('dialog').getByRole('button', { name: 'Make another link' }).click()
  await his.getByRole('dialog').waitFor({ state: 'detached' })
  assert.notEqual(await linkOf(), old)

  await hers.getByRole('button', { name: 'Join the group' }).click()
  await hers.getByRole('alert').getByText('Ask its teacher for a link').waitFor()
  await hers.reload()
  await heading(hers, 'This link does not work')
  await hers.goto(`/practice/groups/${id}`)
  await hers.getByText('This group is not there').waitFor()

  const stranger = await open(pathOf(await linkOf()))
  await heading(stranger, 'You are invited to a group')
  for (const way of ['Make an account', 'Sign in']) {
    const to = await stranger.getByRole('main').getByRole('link', { name: way }).getAttribute('href')
    assert.equal(new URL(to!, stranger.url()).searchParams.get('next'), pathOf(await linkOf()))
  }
})

test('Eve blocks her teacher from the group’s page, and it is not hers any more', async () => {
  const [tom, eve] = [await somebody(server, 'Tom Teal'), await somebody(server, 'Eve Ellis')]
  for (const who of [tom, eve]) await who.put('/practice/profile', { first_name: who.name, training_level: 'Student' })
  const { id } = (await tom.post('/practice/groups', { name: 'Mondays' })).body as { id: string }
  const { link } = (await tom.get(`/practice/groups/${id}`)).body as { link: string }
  assert.equal((await eve.post('/practice/groups/joining', { token: link.split('/').at(-1) })).status, 200)
  const hers = await browserOf(pages, eve, `/practice/groups/${id}`)
  await hers.getByRole('button', { name: 'More about Tom Teal' }).click()
  const about = hers.getByRole('dialog', { name: 'Tom Teal' })
  await about.getByRole('button', { name: 'Block' }).click()
  await hers.getByRole('dialog', { name: 'Block' }).getByRole('button', { name: 'Block' }).click()
  await hers.getByText('You are in no group').waitFor()
  assert.deepEqual(((await tom.get(`/practice/groups/${id}`)).body as { people: unknown[] }).people, [])
})
