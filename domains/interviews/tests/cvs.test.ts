import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { purposesByName } from '#platform/files/purposes.ts'
import { freshDatabase, someone, theServer } from '#tests/database.ts'
import { cv } from '../files.ts'
import { interviews } from '../server.ts'
import { cvOf, uploadOf } from './scene.ts'

const db = await freshDatabase()
type Person = Awaited<ReturnType<typeof someone>>
const replace = async ({ id, acting }: Person, file?: string) => {
  const upload = file ?? (await uploadOf(db, id))
  return { file: upload, id: await db.database.write(acting, (tx) => tx.call('private.replace_cv', { file: upload })) }
}
const makeCurrent = ({ acting }: Person, cv: string) => db.database.write(acting, (tx) => tx.call('private.make_cv_current', { cv }))
const remove = ({ acting }: Person, cv: string) => db.database.write(acting, (tx) => tx.call('private.delete_cv', { cv }))
const read = (cv: string, words: string) => db.database.write(theServer, (tx) => tx.call('private.note_cv_text', { cv, words }))
const current = async ({ id }: Person) =>
  (await db.sql('select id from interviews.cv_uploads where user_id = $1 and is_current_cv', [id]))[0]?.['id']
const text = async ({ id }: Person) =>
  (await db.sql('select cv_text_content from interviews.profiles where user_id = $1', [id]))[0]?.['cv_text_content']

describe('a CV', () => {
  test('that is uploaded becomes the current one, and the one before is it no longer', async () => {
    const ifeoma = await someone(db, 'ifeoma')
    const first = await replace(ifeoma)
    assert.equal(await current(ifeoma), first.id)
    const second = await replace(ifeoma)
    assert.equal(await current(ifeoma), second.id)
    const [row] = await db.sql(
      'select u.storage_path = o.object_path as same, o.expires_at from interviews.cv_uploads u join files.objects o on o.id = file_id where u.id = $1',
      [second.id],
    )
    assert.deepEqual(row, { same: true, expires_at: null })
  })

  test('is one of at most one current, whoever writes', async () => {
    const { id } = await someone(db, 'two')
    await cvOf(db, id)
    await assert.rejects(cvOf(db, id), { constraint: 'one_current_cv' })
    await cvOf(db, id, { current: false })
  })

  test('can be an earlier one again', async () => {
    const ifeoma = await someone(db, 'again')
    const [first] = [await replace(ifeoma), await replace(ifeoma)]
    await makeCurrent(ifeoma, first.id)
    assert.equal(await current(ifeoma), first.id)
    await makeCurrent(ifeoma, first.id)
    assert.equal(await current(ifeoma), first.id)
  })

  test('needs a clean upload of one’s own that nobody has claimed', async () => {
    const ifeoma = await someone(db, 'clean')
    const taken = await replace(ifeoma)
    await assert.rejects(replace(ifeoma, taken.file), { constraint: 'file_is_in_use' })
    await assert.rejects(replace(ifeoma, await uploadOf(db, ifeoma.id, { state: 'scanning' })), { constraint: 'file_is_being_scanned' })
    await assert.rejects(replace(ifeoma, await uploadOf(db, ifeoma.id, { state: 'quarantined' })), { constraint: 'file_is_quarantined' })
    await assert.rejects(replace(ifeoma, await uploadOf(db, ifeoma.id, { purpose: 'avatar' })), { constraint: 'no_such_file' })
    await assert.rejects(replace(ifeoma, await uploadOf(db, (await someone(db, 'other')).id)), { constraint: 'no_such_file' })
    assert.equal(await current(ifeoma), taken.id, 'and a refusal leaves the current one')
  })

  test('is of three kinds and no larger than ten megabytes, as the upload is', async () => {
    const { id } = await someone(db, 'kinds')
    await assert.rejects(cvOf(db, id, { kind: 'image/png' }), { constraint: 'file_of_another_kind' })
    for (const bytes of [0, 10 * 1024 ** 2 + 1]) await assert.rejects(cvOf(db, id, { bytes }), { constraint: 'file_too_large' })
    for (const kind of cv.types) await cvOf(db, id, { kind, bytes: cv.largest, current: false })
    assert.equal(purposesByName(interviews.purposes!).get('cv'), cv)
  })

  test('names a file and a path that no other CV names', async () => {
    const ifeoma = await someone(db, 'paths')
    const { file } = await replace(ifeoma)
    await assert.rejects(cvOf(db, ifeoma.id, { current: false, file }), { constraint: 'a_file_is_one_cv' })
    await cvOf(db, ifeoma.id, { current: false, path: 'same' })
    await assert.rejects(cvOf(db, ifeoma.id, { current: false, path: 'same' }), { constraint: 'cv_uploads_storage_path_key' })
  })

  test('is one of twenty at most', async () => {
    const ifeoma = await someone(db, 'many')
    for (let n = 0; n < 20; n++) await cvOf(db, ifeoma.id, { current: false })
    await assert.rejects(replace(ifeoma), { constraint: 'too_many_cvs' })
  })

  test('goes with its file, for good', async () => {
    const ifeoma = await someone(db, 'deleting')
    const [first, second] = [await replace(ifeoma), await replace(ifeoma)]
    await remove(ifeoma, second.id)
    assert.equal(await current(ifeoma), undefined, 'and none is current until one is chosen')
    await assert.rejects(remove(ifeoma, second.id), { constraint: 'no_such_cv' })
    const swept = await db.database.write(theServer, (tx) => tx.rows('private.sweep_files', { most: 99 }))
    assert.deepEqual(
      swept.map(({ sweep_files }) => sweep_files),
      [second.file],
    )
    assert.equal((await db.sql('select from files.objects where id = $1', [first.file])).length, 1)
  })
})

test('a CV whose file its person gave away is none, and keeps no sweep from its work', async () => {
  const ifeoma = await someone(db, 'releasing')
  const { file } = await replace(ifeoma)
  await db.database.write(ifeoma.acting, (tx) => tx.call('private.release_file', { file }))
  await db.sql(`update files.objects set expires_at = now() - interval '1 second' where id = $1`, [file])
  await db.database.write(theServer, (tx) => tx.rows('private.sweep_files', { most: 99 }))
  assert.deepEqual(await db.sql('select from interviews.cv_uploads where user_id = $1', [ifeoma.id]), [])
})

describe('the text of the profile', () => {
  test('is that of the current CV, whichever it is', async () => {
    const ifeoma = await someone(db, 'text')
    const first = await replace(ifeoma)
    assert.equal(await text(ifeoma), null)
    await read(first.id, 'A nurse since 2016')
    assert.equal(await text(ifeoma), 'A nurse since 2016')
    const second = await replace(ifeoma)
    assert.equal(await text(ifeoma), null)
    await read(second.id, 'A senior nurse')
    await read(first.id, 'A nurse since 2015')
    assert.equal(await text(ifeoma), 'A senior nurse')
    await makeCurrent(ifeoma, first.id)
    assert.equal(await text(ifeoma), 'A nurse since 2015')
    await remove(ifeoma, first.id)
    assert.equal(await text(ifeoma), null)
  })

  test('is it also where the owner of the database writes another', async () => {
    const ifeoma = await someone(db, 'owner')
    await cvOf(db, ifeoma.id, { text: 'A nurse' })
    await db.sql(`update interviews.profiles set cv_text_content = 'A surgeon' where user_id = $1`, [ifeoma.id])
    assert.equal(await text(ifeoma), 'A nurse')
    const other = await someone(db, 'other')
    await db.sql(`insert into interviews.profiles (user_id, cv_text_content) values ($1, 'A surgeon')`, [other.id])
    assert.equal(await text(other), null)
  })

  test('is that of the new CV for one who changes their profile at the same moment', async () => {
    const ifeoma = await someone(db, 'both')
    const first = await replace(ifeoma)
    await read(first.id, 'Old')
    const { reading } = await db.database.write(ifeoma.acting, async (tx) => {
      await tx.updateTable('interviews.profiles').set({ full_name: 'Ifeoma' }).where('user_id', '=', ifeoma.id).execute()
      const reading = read(first.id, 'New')
      await new Promise((waited) => setTimeout(waited, 100)) // so that it waits for the row
      return { reading }
    })
    await reading
    assert.equal(await text(ifeoma), 'New')
  })

  test('cannot come from a file in which something was found, nor from none', async () => {
    const ifeoma = await someone(db, 'found')
    const { id, file } = await replace(ifeoma)
    await db.sql(`update files.objects set state = 'quarantined' where id = $1`, [file])
    await assert.rejects(read(id, 'A nurse'), { constraint: 'file_not_clean' })
    await assert.rejects(read(await cvOf(db, ifeoma.id, { current: false }), 'A nurse'), { constraint: 'file_not_clean' })
    assert.equal(await text(ifeoma), null)
  })

  test('has a length', async () => {
    const { id } = await replace(await someone(db, 'long'))
    await assert.rejects(read(id, 'x'.repeat(200_001)), { constraint: 'cv_text_is_of_one_cv' })
  })
})

describe('a profile', async () => {
  const { id } = await someone(db, 'profile')
  await db.sql('insert into interviews.profiles (user_id) values ($1)', [id])
  for (const [set, constraint] of [
    [`full_name = repeat('x', 201)`, 'full_name_is_short'],
    ['years_of_experience = -1', 'years_are_of_one_life'],
    ['years_of_experience = 81', 'years_are_of_one_life'],
    [`primary_roles_pursued = array_fill('x'::text, array[51])`, 'roles_are_a_list'],
    [`key_skills = '{null}'`, 'skills_are_a_list'],
    [`key_skills = array[repeat('x', 20001)]`, 'skills_are_a_list'],
    [`industries_of_interest = array_fill('x'::text, array[51])`, 'industries_are_a_list'],
  ] as const)
    test(`cannot have ${set}`, () =>
      assert.rejects(db.sql(`update interviews.profiles set ${set} where user_id = $1`, [id]), { constraint }))
})
