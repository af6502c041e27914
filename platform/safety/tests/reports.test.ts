import assert from 'node:assert/strict'
import { test } from 'node:test'
import { administrator, saidTo, somebody } from '#platform/identity/tests/cast.ts'
import { until } from '#tests/processes.ts'
import { freshServer } from '#tests/server.ts'

const server = await freshServer()
const { db } = server
const [ada, bo] = [await somebody(server, 'Ada Reporting'), await somebody(server, 'Bo Reported')]
const [mira, noor] = [await administrator(server, 'Mira Working'), await administrator(server, 'Noor Working')]
const about = {
  person_id: bo.id,
  subject_kind: 'care.message',
  subject_id: 'm1',
  kind: 'harassment',
  words: 'He would not stop.',
  context: { before: 'm0' },
}
type Items = { items: Record<string, unknown>[] }
const reported = async () => ((await ada.post('/safety/reports', about)).body as { id: string }).id
const queue = async (state = 'open') => ((await mira.get('/safety/queue', { state })).body as Items).items
const first = await reported()

test('an administrator finds it in the queue with its context, and that they looked is on record', async () => {
  const [report] = await queue()
  assert.deepEqual(
    [report!['reporter_id'], report!['reported_id'], report!['words'], report!['context'], report!['state']],
    [ada.id, bo.id, about.words, about.context, 'open'],
  )
  assert.ok((await db.sql(`select from audit.entries where action = 'safety.reports-seen' and actor = $1`, [mira.id])).length > 0)
})

test('Bo learns nothing of it: not in the queue, not in a list, not by asking', async () => {
  assert.equal(await saidTo(bo.get('/safety/queue')), 'administrators_only')
  assert.deepEqual((await bo.get('/safety/reports')).body, { items: [], next: null })
  assert.equal(await saidTo(bo.put(`/safety/queue/${first}`)), 'administrators_only')
  assert.equal(
    await saidTo(bo.post(`/safety/queue/${first}/closing`, { decision: 'nothing_found', reason: 'it was nothing' })),
    'not_in_your_hands',
  )
})

test('of two administrators who take it at once, one works on it', async () => {
  const answers = await Promise.all([saidTo(mira.put(`/safety/queue/${first}`)), saidTo(noor.put(`/safety/queue/${first}`))])
  assert.deepEqual(answers.toSorted(), [200, 'report_taken'])
  assert.equal((await queue()).length, 0)
})

test('who took it closes it with a decision and a reason; Ada learns that it is closed, never by whom or how', async () => {
  const [{ taken_by } = {}] = await queue('in_work')
  const [hers, others] = taken_by === mira.id ? [mira, noor] : [noor, mira]
  const close = { decision: 'warned', reason: 'the messages speak for themselves' }
  assert.equal(await saidTo(others.post(`/safety/queue/${first}/closing`, close)), 'not_in_your_hands')
  assert.equal(await saidTo(hers.post(`/safety/queue/${first}/closing`, { ...close, reason: 'Reported was rude' })), 'reason_names_them')
  assert.equal(await saidTo(hers.post(`/safety/queue/${first}/closing`, close)), 200)
  assert.equal(await saidTo(hers.post(`/safety/queue/${first}/closing`, close)), 'not_in_your_hands')
  const { body } = await ada.get('/safety/reports')
  const [report] = (body as Items).items
  assert.equal(report!['state'], 'closed')
  assert.ok(![mira.id, noor.id, 'warned', close.reason].some((secret) => JSON.stringify(body).includes(secret)))
  const mails = () =>
    db.sql<{ text: string }>(`select text from mail.messages where user_id = $1 and kind = 'safety.report-closed'`, [ada.id])
  await until(async () => (await mails()).length === 1, 90, 'Ada is told')
  const [entry] = await db.sql(`select actor, subject_id, reason from audit.entries where action = 'safety.report-closed'`)
  assert.deepEqual(entry, { actor: hers.id, subject_id: bo.id, reason: close.reason })
})

test('an administrator cannot work on a report about themselves', async () => {
  const { body } = await ada.post('/safety/reports', { ...about, person_id: mira.id })
  const { id } = body as { id: string }
  assert.equal(await saidTo(mira.put(`/safety/queue/${id}`)), 'report_about_you')
  assert.equal(await saidTo(noor.put(`/safety/queue/${id}`)), 200)
})

test('Ada cannot write the state of hers, nor whose it is', async () => {
  assert.equal(await saidTo(ada.post('/safety/reports', { ...about, state: 'closed' })), 'invalid_input')
  assert.equal(await saidTo(ada.post('/safety/reports', { ...about, reporter_id: bo.id })), 'invalid_input')
})

test('nobody reports themselves, nobody, or in a book', async () => {
  assert.equal(await saidTo(ada.post('/safety/reports', { ...about, person_id: ada.id })), 'nobody_reports_themselves')
  assert.equal(await saidTo(ada.post('/safety/reports', { ...about, person_id: crypto.randomUUID() })), 'no_such_person')
  assert.equal(await saidTo(ada.post('/safety/reports', { ...about, words: 'a'.repeat(2_001) })), 'invalid_input')
  assert.equal(await saidTo(ada.post('/safety/reports', { ...about, kind: 'boring' })), 'invalid_input')
})

test('of thirty reports at once no more than twenty a day are taken', async () => {
  const flo = await somebody(server, 'Flo Flooding')
  const answers = await Promise.all(Array.from({ length: 30 }, () => saidTo(flo.post('/safety/reports', about))))
  assert.equal(answers.filter((answer) => answer === 200).length, 20)
  assert.ok(answers.every((answer) => [200, 'too_many_reports', 'too_many_requests'].includes(answer)))
  assert.equal((await db.sql('select from safety.reports where reporter_id = $1', [flo.id])).length, 20)
})
