import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { printCase } from '#domains/practice/cases/case-file.ts'
import { shippedCases, shipPractice } from '#domains/practice/content/ship.ts'
import { administrator, somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import { keyboardOf } from '#tests/keyboard.ts'
import { freshPages } from '#tests/pages.ts'

const pages = await freshPages()
const { server, open } = pages
const { sql } = server.db
await shipPractice({ query: (text: string, values: unknown[]) => sql(text, values).then((rows) => ({ rows })) } as never)
const cases = shippedCases()
const rows = (page: Page) => page.getByRole('list', { name: 'Cases' }).getByRole('link')
const found = (page: Page, says: string) => page.getByText(says, { exact: true }).waitFor()
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
const { id: _, ...shipped } = cases[0]!
const file = (change: object = {}) => printCase({ ...shipped, name: 'Somebody at the door', author: 'Dr Ada Berg', ...change })

test('A stranger searches as they type and narrows, the address says so, and going back they find it again', async () => {
  const page = await open('/practice/cases')
  await found(page, `${cases.length} cases`)
  await page.getByLabel('Search by name').pressSequentially('choir')
  await found(page, '1 case')
  assert.equal(await rows(page).count(), 1)
  await page.waitForURL(/search=choir/)
  await rows(page).first().click()
  await heading(page, 'A choir without breath')
  await page.getByText('Not clinically reviewed.').waitFor()
  await page.goBack()
  await found(page, '1 case')
  assert.equal(await page.getByLabel('Search by name').inputValue(), 'choir')

  await page.getByLabel('Search by name').fill('')
  await page.getByLabel('Category').selectOption('Emergencies')
  const emergencies = cases.filter(({ category }) => category === 'Emergencies').length
  await found(page, `${emergencies} cases`)
  await page.waitForURL(/category=Emergencies/)
  await page.reload()
  await found(page, `${emergencies} cases`)
  await page.getByRole('link', { name: 'Cases', exact: true }).click() // the same page, without what was chosen
  await found(page, `${cases.length} cases`)
  await page.getByLabel('Search by name').fill('zebra')
  await page.getByText('No case is called that').waitFor()
  await page.getByRole('button', { name: 'Show all cases' }).click()
  await found(page, `${cases.length} cases`)
  assert.equal(await page.getByLabel('Search by name').inputValue(), '')
})

test('whoever types faster than the address follows loses no letter', async () => {
  const page = await open('/practice/cases?level=core')
  await page.getByLabel('Search by name').waitFor()
  for (const letter of 'shoulder that aches') {
    await page.getByLabel('Search by name').press(letter === ' ' ? 'Space' : letter)
    if ('lr '.includes(letter)) await page.waitForTimeout(280) // as the address comes behind
  }
  assert.equal(await page.getByLabel('Search by name').inputValue(), 'shoulder that aches')
  await page.waitForURL(/search=shoulder/)
  assert.equal(await page.getByLabel('Level').inputValue(), 'core')
})

test('No page of the library holds a word of a brief, a markscheme or a condition, whatever it loads', async () => {
  const secret = cases.find(({ name }) => name === 'A choir without breath')!
  const page = await open('/healthz')
  const heard: Promise<string>[] = []
  page.on('response', (answer) => {
    if (answer.url().includes('/api/')) heard.push(answer.text().catch(() => ''))
  })
  await page.goto('/practice/cases?search=choir')
  await found(page, '1 case')
  await rows(page).first().click()
  await heading(page, secret.name)
  await page.getByRole('heading', { name: 'How it is played' }).waitFor()
  const all = (await Promise.all(heard)).join('\n')
  assert.ok(all.includes(secret.name))
  const secrets = [
    secret.condition,
    ...[secret.candidate_brief, secret.actor_brief, secret.markscheme]
      .flatMap((text) => text.split('\n'))
      .filter((line) => line.length > 24),
  ]
  assert.ok(secrets.length > 20)
  for (const one of secrets) assert.ok(!all.includes(one), one)
})

test('Cem, by keyboard, reports a case; the report is about the case and about nobody', async () => {
  const cem = await somebody(server, 'Cem Kaya')
  const page = await browserOf(pages, cem, `/practice/cases/${cases[3]!.id}`)
  const his = await keyboardOf(page)
  await heading(page, cases[3]!.name)
  await his.press('button', 'Report this case')
  await his.type('What is wrong, and where', 'The dose in the brief is ten times too high.')
  await his.keys('Tab')
  await his.press('button', 'Report this case')
  await page.getByText('Reported.').waitFor()
  const reports = await sql('select subject_kind, subject_id, reported_id, kind from safety.reports where reporter_id = $1', [cem.id])
  assert.deepEqual(reports, [{ subject_kind: 'practice.case', subject_id: cases[3]!.id, reported_id: null, kind: 'unsafe_advice' }])
})

test('Ada writes a case and mends what the linter finds; Leila signs it, Mira publishes it, and a stranger finds it', async () => {
  const [ada, leila, mira] = [
    await somebody(server, 'Ada Berg'),
    await somebody(server, 'Leila Nour'),
    await administrator(server, 'Mira Boss'),
  ]

  const hers = await browserOf(pages, ada, '/practice/cases')
  await hers.getByRole('link', { name: 'Write or check cases' }).click()
  await hers.getByRole('link', { name: 'Write a case' }).first().click()
  await hers.getByRole('heading', { name: 'Not a case yet' }).waitFor()
  await hers.getByText('Never enter details of a real patient.').waitFor()
  await hers
    .getByLabel('A case as a file')
    .setInputFiles({ name: 'case.md', mimeType: 'text/markdown', buffer: Buffer.from(file({ formats: ['twelve-minute-remote'] })) })
  await hers.getByRole('heading', { name: /things? to mend/ }).waitFor()
  await hers.getByText('Twelve-minute-remote rates reasoning, and Scales does not say what is good there').waitFor()
  await hers.getByLabel('The case').fill(file({ name: `${shipped.condition} at the door` }))
  await hers.getByText(`gives "${shipped.condition}" away`).first().waitFor()
  await hers.getByRole('button', { name: 'Save as a draft' }).click()
  await hers.getByText('The name gives the condition away. Name it by what one sees from the door.').waitFor()
  await hers.getByLabel('The case').fill(file())
  await hers.getByRole('heading', { name: 'Nothing to mend' }).waitFor()
  await hers.getByRole('button', { name: 'Save as a draft' }).click()
  await hers.waitForURL(/\/practice\/cases\/[0-9a-f-]{36}\/edit/)
  const id = hers.url().split('/').at(-2)!
  await heading(hers, 'Rewrite a case') // the page before has a field of the same name
  await hers.getByRole('heading', { name: 'Nothing to mend' }).waitFor()
  await hers
    .getByLabel('The case')
    .fill(file({ actor_brief: shipped.actor_brief.replace('### Feelings and cues', '### Feelings and hints') }))
  await hers.getByRole('heading', { name: '1 thing to mend' }).waitFor()
  await hers.getByLabel('The case').fill(file({ level: 'core' }))
  await hers.getByRole('button', { name: 'Save', exact: true }).click()
  await hers.getByText('Saved', { exact: true }).waitFor()
  await hers.getByRole('link', { name: 'Read it as a whole' }).click()
  await heading(hers, 'Somebody at the door')
  await hers.getByRole('list', { name: 'What it said before' }).getByRole('link').click()
  await hers.locator('del').getByText('level: foundation').waitFor()
  await hers.locator('ins').getByText('level: core').waitFor()
  await hers.getByRole('button', { name: 'Bring it back' }).click()
  await hers.getByRole('dialog').getByRole('button', { name: 'Bring it back' }).click()
  await heading(hers, 'Somebody at the door')
  const before = hers.getByRole('list', { name: 'What it said before' }).getByRole('link')
  await before.nth(1).waitFor() // the writing that was brought back is one more
  await before.first().click() // and there again
  await hers.locator('ins').getByText('level: foundation').waitFor()
  await hers.getByRole('button', { name: 'Bring it back' }).click()
  await hers.getByRole('dialog').getByRole('button', { name: 'Bring it back' }).click()
  await heading(hers, 'Somebody at the door')
  await hers.getByText('level: foundation').waitFor({ state: 'detached' })
  const coming = hers.waitForEvent('download')
  await hers.getByRole('button', { name: 'Download the file' }).click()
  const download = await coming
  assert.equal(download.suggestedFilename(), 'somebody-at-the-door.md')
  assert.equal(
    readFileSync(await download.path(), 'utf8'),
    printCase({ id, ...shipped, name: 'Somebody at the door', author: 'Dr Ada Berg', level: 'core' }),
  )
  await hers.getByRole('button', { name: 'Ask for a check' }).click()
  await hers.getByText('nobody is asked yet').waitFor()

  const desk = await browserOf(pages, mira, '/practice/cases/desk')
  const miras = await keyboardOf(desk)
  await desk.getByRole('heading', { name: 'Their authors wish a check' }).waitFor()
  await miras.press('button', 'Ask for a check')
  await miras.type('E-mail of their account', leila.email)
  await miras.type('Reason', 'A general practitioner who knows the field')
  await miras.keys('Enter')
  await desk.getByText('Asked to check it: Leila Nour').waitFor()

  const theirs = await browserOf(pages, leila, '/practice/cases/mine')
  const leilas = await keyboardOf(theirs)
  await leilas.press('link', /Somebody at the door.*Waits for you/)
  await heading(theirs, 'Somebody at the door')
  await leilas.type('To the others', 'The opening line is very good.')
  await leilas.press('button', 'Say it')
  await theirs.getByRole('list', { name: 'What we say about it' }).getByText('The opening line is very good.').waitFor()
  await leilas.type('Named as', 'Dr Leila Nour, general practitioner')
  await leilas.press('button', /^Sign edition 1/)
  await theirs.getByText('Tick this to go on.').waitFor() // nobody signs in passing
  await leilas.tick('checkbox', 'I am a clinician, and have read all of it against present guidance.')
  await leilas.press('button', /^Sign edition 1/)
  await theirs.getByText('It holds.').waitFor()

  await hers.reload()
  await hers.getByText('The opening line is very good.').waitFor()
  await hers.getByText('A clinician has signed it as it now reads').waitFor()

  await desk.reload()
  await miras.press('button', 'Publish')
  await miras.type('Reason', 'Signed, and wanted for the course')
  await miras.keys('Enter')
  await desk.getByText('Nothing waits').waitFor()

  const stranger = await open('/practice/cases?only=reviewed')
  await found(stranger, '1 case')
  await rows(stranger).first().click()
  await heading(stranger, 'Somebody at the door')
  await stranger.getByText('by Dr Leila Nour, general practitioner').waitFor()

  await desk.goto(`/practice/cases/${id}`)
  await miras.press('button', 'Withdraw it')
  await miras.type('Reason', 'To be rewritten for the spring')
  await miras.press('button', 'Withdraw it')
  await desk.getByText('A draft: only those who write').waitFor()
  await stranger.reload()
  await stranger.getByText('This case is not in the library any more').waitFor()

  await theirs.reload()
  await leilas.press('button', 'Take back my signature')
  await leilas.press('button', 'Take back my signature')
  await theirs.getByRole('heading', { name: 'Sign it' }).waitFor()
  await theirs.getByText('Nobody. Until a clinician does').waitFor()
})

test('two who rewrite one draft do not overwrite each other: the later is told, and keeps their words', async () => {
  const [dora, emil] = [await somebody(server, 'Dora Dahl'), await somebody(server, 'Emil Eck')]
  const { body } = await dora.post('/practice/cases', { file: file({ name: 'Somebody on the stairs' }) })
  const { id } = body as { id: string }
  await sql('insert into practice.case_authors (case_id, person_id) values ($1, $2)', [id, emil.id])
  const [hers, his] = [
    await browserOf(pages, dora, `/practice/cases/${id}/edit`),
    await browserOf(pages, emil, `/practice/cases/${id}/edit`),
  ]
  const words = (what: string) =>
    file({
      name: 'Somebody on the stairs',
      markscheme: shipped.markscheme.replace('### Learning points', `### Learning points\n\n- ${what}`),
    })
  await his.getByLabel('The case').fill(words('Look at the steps.'))
  await hers.getByLabel('The case').fill(words('Look at the rail.'))
  await hers.getByRole('button', { name: 'Save', exact: true }).click()
  await hers.getByText('Saved', { exact: true }).waitFor()
  await his.getByRole('button', { name: 'Save', exact: true }).click()
  await his.getByText('Somebody has rewritten this case since you opened it.').waitFor()
  assert.match(await his.getByLabel('The case').inputValue(), /Look at the steps/)
  await his.getByRole('button', { name: 'Save', exact: true }).click() // pressing again is no way around it
  await his.getByText('Somebody has rewritten this case since you opened it.').waitFor()
  const [{ markscheme }] = (await sql('select markscheme from practice.cases where id = $1', [id])) as [{ markscheme: string }]
  assert.match(markscheme, /Look at the rail/)
})
