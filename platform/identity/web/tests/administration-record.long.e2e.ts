import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seal } from '#platform/audit/seal.ts'
import { theServer } from '#tests/database.ts'
import { freshPages } from '#tests/pages.ts'
import { until } from '#tests/processes.ts'
import { administrator, somebody } from '../../tests/cast.ts'
import { unlimited } from '../../tests/scene.ts'
import { browserOf } from './administration-scene.ts'

const pages = await freshPages({}, [unlimited()])
const { db } = pages.server
const mira = await administrator(pages.server, 'Mira Okafor')
const [ada, bo] = [await somebody(pages.server, 'Ada Bell'), await somebody(pages.server, 'Bo Lindqvist')]

test('a report is taken, weighed by its context, and decided; the way to the person is a link', async () => {
  const words = 'He would not stop.'
  const context = { before: 'm-1041' }
  await ada.post('/safety/reports', {
    person_id: bo.id,
    subject_kind: 'care.message',
    subject_id: 'm-1042',
    kind: 'harassment',
    words,
    context,
  })
  const page = await browserOf(pages, mira, '/administration')
  await page.getByRole('link', { name: 'One report waits' }).click()
  await page.getByText(words).waitFor()
  await page.getByText('m-1041').waitFor()
  await page.getByRole('button', { name: 'Take the report' }).click()
  await page.getByText('In your hands').waitFor()
  await page.locator('h1:focus').waitFor()
  assert.equal(await page.getByRole('link', { name: 'The reported person' }).getAttribute('href'), `/administration/people/${bo.id}`)
  await page.getByRole('button', { name: 'Decide' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What was decided').selectOption('They were warned')
  await dialog.getByLabel('Reason').fill('Lindqvist was rude')
  await dialog.getByRole('button', { name: 'Decide' }).click()
  await dialog.getByRole('alert').getByText('The reason names the person.').waitFor()
  await dialog.getByLabel('Reason').fill('the messages speak for themselves')
  await dialog.getByRole('button', { name: 'Decide' }).click()
  await page.getByText('Nobody is working on a report.').waitFor()
  await page.getByRole('link', { name: 'Closed' }).click()
  await page.getByText('They were warned').waitFor()
})

test('a job that failed for good is retried, and gone from the list', async () => {
  await db.sql(
    `insert into jobs.dead_letters (id, name, data, code, attempts, queued_at) values (gen_random_uuid(), 'operations.sweep-answers', '{}', 'ECONNREFUSED', 3, now())`,
  )
  const page = await browserOf(pages, mira, '/administration/jobs')
  await page.getByText('ECONNREFUSED').waitFor()
  await page.getByRole('button', { name: 'Retry operations.sweep-answers' }).click()
  await page.getByText('No job has failed for good.').waitFor()
  const done = async () =>
    (await db.sql(`select from pgboss.job where data ->> 'job' = 'operations.sweep-answers' and state = 'completed'`)).length > 0
  await until(done, 90, 'the job ran')
})

test('the audit shows all of it, of one act or one person, and is verified to its last entry', async () => {
  while ((await seal({ read: (run) => db.database.read(theServer, run), write: (run) => db.database.write(theServer, run) })) > 0);
  const page = await browserOf(pages, mira, '/administration/audit')
  const entries = page.getByRole('list', { name: 'Entries' })
  for (const act of ['safety.report-taken', 'safety.report-closed', 'jobs.retried']) await entries.getByText(act).waitFor()
  await entries.getByRole('link', { name: 'Took a report' }).waitFor()
  await entries.getByRole('link', { name: 'Bo Lindqvist' }).click()
  await page.getByText('Only what this person did').waitFor()
  await entries.getByText('“the messages speak for themselves”').waitFor()
  await entries.getByText('jobs.retried').first().waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'Show everything' }).click()
  await page.getByLabel('Act').fill('audit')
  await page.getByRole('button', { name: 'Show' }).click()
  await entries.getByText('audit.read').first().waitFor() // reading it is on record, too
  await page.getByRole('button', { name: 'Verify the chain' }).click()
  await page.getByText(/sealed entries are as they were written/).waitFor()
})

test('what is on record beside an act is said in words, and whom the operator’s programs act on by their name', async () => {
  await db.sql(`select private.audit_for(null, 'identity.user-changed', 'account', $1)`, [ada.id])
  await db.sql(`select private.audit_for($1, 'identity.invited', 'person', 'nobody', 'a colleague', $2)`, [
    mira.id,
    { role: 'administrator', shoe: 'left' },
  ])
  const page = await browserOf(pages, mira, '/administration/audit')
  const entry = (act: string) => page.getByRole('list', { name: 'Entries' }).getByRole('listitem').filter({ hasText: act }).first()
  await entry('safety.report-closed').getByText('They were warned').waitFor()
  await entry('jobs.retried').getByText('operations.sweep-answers').waitFor()
  await entry('identity.invited').getByText('As an administrator').waitFor()
  await entry('identity.invited').getByText('shoe left').waitFor() // what has no words yet is not kept back
  await entry('safety.reports-seen').getByText('reports that are closed').waitFor()
  await entry('identity.user-changed').getByRole('link', { name: 'Ada Bell' }).click()
  await page.getByText('Only what this person did').waitFor()
  await entry('identity.user-changed').waitFor()
})

test('an entry that somebody changed in the database is named', async () => {
  await db.sql('alter table audit.entries disable trigger entries_stay')
  await db.sql(`update audit.entries set reason = 'another' where id = (select entry_id from audit.seals where position = 2)`)
  const page = await browserOf(pages, mira, '/administration/audit')
  await page.getByRole('button', { name: 'Verify the chain' }).click()
  await page.getByText('Broken at position 2').waitFor()
  await page.getByText('is not what was sealed').waitFor()
})

test('the system page says how things are, and what needs care', async () => {
  const page = await browserOf(pages, mira, '/administration/system')
  await page.getByText('You are the only administrator.').waitFor()
  await page.getByText(/^PostgreSQL \d+/).waitFor()
  await page.getByText('Anybody may sign up.').waitFor()
  await page.getByText('npm run backup').waitFor()
  await page.getByRole('list', { name: 'Administrators' }).getByText('Mira Okafor').waitFor()
})
