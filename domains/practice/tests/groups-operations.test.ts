import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Caller, done, no, nobody, stage } from './operations-scene.ts'

const { server, person, stranger, aCase } = await stage()
const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
const one = await aCase()
const due = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
const { id } = await done(ada.post('/practice/groups', { name: ' Thursdays ' }))
type Group = {
  name: string
  part: string
  link: string | null
  people: { first_name: string }[]
  assignments: { id: string; session_id: string | null; round: number | null }[]
  practised: unknown[]
}
const read = async (who: Caller) => (await done(who.get(`/practice/groups/${id}`))) as unknown as Group
const tokenOf = async () => (await read(ada)).link!.split('/').at(-1)!

test('a teacher finds the link whenever they look, and whoever has it joins', async () => {
  const { name, link } = await read(ada)
  assert.equal(name, 'Thursdays')
  assert.match(link!, /^https?:\/\/[^/]+\/practice\/groups\/join\/[\w-]{43}$/)
  assert.equal((await read(ada)).link, link)
  const token = await tokenOf()
  const seen = await done(bo.post('/practice/groups/reading', { token }))
  assert.deepEqual([seen.id, seen['part'], seen['people']], [id, null, 0])
  assert.equal((await done(bo.post('/practice/groups/joining', { token }))).id, id)
  assert.equal(await no(bo.post('/practice/groups/joining', { token: 'a guess' })), '404 no_such_group')
  assert.equal(await no(ada.post('/practice/groups/joining', { token })), '409 you_teach_it')
  for (const what of ['reading', 'joining'])
    assert.equal(await no(stranger.post(`/practice/groups/${what}`, { token })), '401 not_signed_in')
})

test('the word in a link is nowhere in the database', async () => {
  const [row] = await server.db.sql<{ row: string }>(`select g::text as row from practice.groups g where id = $1`, [id])
  assert.ok(!row!.row.includes(await tokenOf()))
  assert.deepEqual(await server.db.sql(`select from operations.answers a where a::text like '%' || $1 || '%'`, [await tokenOf()]), [])
})

test('a case is assigned, changed and withdrawn by the teacher; a student finds it among theirs', async () => {
  const assigned = { case_id: one.id, due_on: due, words: 'Mind the silence' }
  assert.equal(await no(bo.post(`/practice/groups/${id}/assignments`, assigned)), '403 teacher_only')
  assert.equal(await no(ada.post(`/practice/groups/${id}/assignments`, { ...assigned, case_id: nobody })), '404 no_such_case')
  assert.equal(await no(ada.post(`/practice/groups/${id}/assignments`, { ...assigned, due_on: '2020-01-01' })), '422 due_within_a_year')
  const made = await done(ada.post(`/practice/groups/${id}/assignments`, assigned))
  assert.equal(await no(ada.post(`/practice/groups/${id}/assignments`, assigned)), '409 case_is_assigned')
  const [mine] = (await done(bo.get('/practice/assignments'))).items
  assert.deepEqual([mine!.id, mine!['group_name'], mine!['due_on'], mine!['practised_at']], [made.id, 'Thursdays', due, null])
  await done(ada.put(`/practice/assignments/${made.id}`, { due_on: due, words: 'And the cue' }))
  assert.equal((await done(bo.get('/practice/assignments'))).items[0]!['words'], 'And the cue')
  assert.equal(await no(bo.put(`/practice/assignments/${made.id}`, { due_on: due })), '404 no_such_assignment')
  assert.equal(await no(bo.remove(`/practice/assignments/${made.id}`)), '404 no_such_assignment')
})

test('a student who has practised is seen by the teacher to have; the student sees neither link nor others', async () => {
  const { id: session } = await done(bo.post('/practice/alone', { type: 'mock', format: 'short', case_id: one.id }))
  let { version } = await done(bo.get(`/practice/sessions/${session}`))
  for (const phase of ['running', 'marking', 'feedback'])
    version = (await done(bo.post(`/practice/sessions/${session}/phase`, { version, phase }))).version
  const [hers, his] = [await read(ada), await read(bo)]
  assert.deepEqual(hers.practised, [
    { assignment: hers.assignments[0]!.id, person_id: bo.id, practised_at: (hers.practised[0] as { practised_at: string }).practised_at },
  ])
  assert.deepEqual([his.part, his.link, his.practised], ['member', null, []])
  assert.deepEqual([his.assignments[0]!.session_id, his.assignments[0]!.round, hers.assignments[0]!.session_id], [session, 1, null])
  assert.deepEqual(
    [(await done(bo.get('/practice/groups'))).items[0]!['open'], (await done(ada.get('/practice/groups'))).items[0]!['people']],
    [0, 1],
  )
})

test('nobody else finds the group, and nobody but its teacher turns it', async () => {
  assert.equal(await no(cem.get(`/practice/groups/${id}`)), '404 no_such_group')
  for (const [who, said] of [
    [bo, '403 teacher_only'],
    [cem, '404 no_such_group'],
  ] as const) {
    assert.equal(await no(who.put(`/practice/groups/${id}`, { name: 'Mine' })), said)
    assert.equal(await no(who.post(`/practice/groups/${id}/link`)), said)
    assert.equal(await no(who.remove(`/practice/groups/${id}/link`)), said)
    assert.equal(await no(who.remove(`/practice/groups/${id}/people/${bo.id}`)), said)
    assert.equal(await no(who.remove(`/practice/groups/${id}`)), said)
  }
})

test('the link is renewed and revoked; people leave, are taken out, and the group ends', async () => {
  const before = await tokenOf()
  await done(ada.post(`/practice/groups/${id}/link`))
  assert.equal(await no(cem.post('/practice/groups/joining', { token: before })), '404 no_such_group')
  await done(cem.post('/practice/groups/joining', { token: await tokenOf() }))
  await done(ada.remove(`/practice/groups/${id}/link`))
  assert.equal((await read(ada)).link, null)
  await done(bo.post(`/practice/groups/${id}/leaving`))
  await done(ada.remove(`/practice/groups/${id}/people/${cem.id}`))
  assert.deepEqual((await read(ada)).people, [])
  await done(ada.put(`/practice/groups/${id}`, { name: 'Fridays', words: 'Moved' }))
  assert.equal((await read(ada)).name, 'Fridays')
  await done(ada.remove(`/practice/groups/${id}`))
  assert.equal(await no(ada.get(`/practice/groups/${id}`)), '404 no_such_group')
})
