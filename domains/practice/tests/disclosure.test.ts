import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { aStranger, freshDatabase, theServer } from '#tests/database.ts'
import { notAllowed, type Person, refused, theatre } from './scene.ts'

// The promise: nobody reads a brief or a markscheme before their role and the phase allow it. Every text bears the word of its case
// and its own name, so wherever one comes out, it is known which.
const db = await freshDatabase()
const { ask, person, aCase, act, seated, later, offer, mine } = await theatre(db)
const texts = ['candidate_brief', 'actor_brief', 'condition', 'markscheme'] as const
const marks = [...texts, 'item'] as const
type Role = 'candidate' | 'actor'

// By hand, from the README: from which phase on.
const phases = ['reading', 'running', 'marking', 'feedback'] as const
const opens: Record<Role, Record<(typeof texts)[number], (typeof phases)[number]>> = {
  candidate: { candidate_brief: 'reading', actor_brief: 'feedback', condition: 'feedback', markscheme: 'feedback' },
  actor: { candidate_brief: 'reading', actor_brief: 'reading', condition: 'reading', markscheme: 'running' },
}
const open = (role: Role, text: (typeof texts)[number], phase: (typeof phases)[number]) =>
  phases.indexOf(phase) >= phases.indexOf(opens[role][text])

const disclosed = async ({ acting }: Person, session: string, round: number | null = null) =>
  (await ask<{ name: string }>(acting, 'select name, words from private.disclose($1, round => $2)', [session, round])).map(
    ({ name }) => name,
  )

// Tries each text as whoever has called, and takes back what it did: nothing that is tried may move the station on.
await db.sql(`
  create function sample.try_all(texts text[]) returns setof text language plpgsql as $$
  declare
    tried text;
    said text;
  begin
    foreach tried in array texts loop
      begin
        execute format('select jsonb_agg(to_jsonb(q))::text from (%s) q', tried) into said;
        raise exception using errcode = 'P0099';
      exception when sqlstate 'P0099' then return next said;
        when others then return next concat(sqlerrm, sqlstate);
      end;
    end loop;
  end $$;
  grant execute on function sample.try_all(text[]) to authenticated`)

/** Every word that a person can get out of the database, by every table, column and function that is theirs, but for `except`. */
async function everythingThatLeaks(who: Person, session: string, except: readonly string[] = []): Promise<string> {
  const columns = await db.sql<{ text: string }>(
    `select format('select %I from %I.%I', a.attname, n.nspname, c.relname) as text
     from pg_class c join pg_namespace n on n.oid = relnamespace join pg_attribute a on attrelid = c.oid and attnum > 0 and not attisdropped
     where relkind in ('r', 'v', 'p') and nspname not in ('pg_catalog', 'information_schema')
       and has_column_privilege('authenticated', c.oid, a.attnum, 'select') and has_schema_privilege('authenticated', n.oid, 'usage')`,
  )
  const functions = await db.sql<{ name: string; arguments: string[]; needed: number }>(
    `select p.proname as name, coalesce((select array_agg(format_type(t, null)) from unnest(p.proargtypes) t), '{}') as arguments, p.pronargs - p.pronargdefaults as needed
     from pg_proc p where p.pronamespace = 'private'::regnamespace and has_function_privilege('authenticated', p.oid, 'execute') and p.prorettype <> 'trigger'::regtype`,
  )
  const [round] = await db.sql<{ case_id: string }>(
    `select case_id from practice.rounds where session_id = $1 order by number desc limit 1`,
    [session],
  )
  const words: Record<string, (string | null)[]> = {
    uuid: [session, round!.case_id, who.id],
    integer: ['1'],
    text: [null, ...texts, 'mock', 'practice'],
    boolean: ['true'],
  }
  const calls = functions
    .filter(({ name }) => !except.includes(name))
    .flatMap(({ name, arguments: types, needed }) => {
      const given = types.slice(0, Math.max(needed, Math.min(types.length, 3)))
      const literal = (value: string | null | undefined, type: string) => (value == null ? `null::${type}` : `'${value}'::${type}`)
      const one = (id: string | null, word: string | null) =>
        `select * from private.${name}(${given.map((type) => literal(type === 'uuid' ? id : type === 'text' ? word : words[type]?.[0], type)).join(', ')})`
      return words['uuid']!.flatMap((id) => words['text']!.map((word) => one(id, word)))
    })
  const all = [...columns.map(({ text }) => text), ...new Set(calls)]
  const said = await ask(who.acting, 'select * from sample.try_all($1)', [all])
  assert.ok(said.length > 100)
  return JSON.stringify(said)
}

describe('role × phase × text', async () => {
  for (const hostIs of ['candidate', 'actor'] as const)
    for (const type of ['mock', 'review'] as const)
      test(`with the host as ${hostIs}, in a ${type}`, async () => {
        const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
        const { id, word } = await aCase()
        const session = await seated(ada, bo, { candidate: hostIs === 'candidate' ? ada : bo, type, caseId: id })
        for (const who of [ada, bo, cem]) await assert.rejects(disclosed(who, session), refused('session_not_found')) // scheduled: there is nothing yet
        await act(ada, 'begin_station', session)
        let cells = 0
        for (const [phase, minutes] of [
          ['reading', 0],
          ['running', 10],
          ['marking', 20],
          ['feedback', 10],
          ['feedback', 86_400],
        ] as const) {
          await later(session, minutes)
          if (type === 'review' && phase === 'marking') continue
          for (const [who, role] of [
            [ada, hostIs],
            [bo, hostIs === 'candidate' ? 'actor' : 'candidate'],
          ] as [Person, Role][]) {
            const expected = texts.filter((text) => open(role, text, phase))
            assert.deepEqual(await disclosed(who, session), expected, `${role} in ${phase}`)
            for (const text of texts) {
              const one = ask(who.acting, 'select * from private.disclose($1, $2)', [session, text])
              if (open(role, text, phase)) assert.deepEqual(await one, [{ name: text, words: `${word} ${text}` }])
              else
                await assert.rejects(
                  one,
                  refused(role === 'candidate' && open('actor', text, phase) ? 'not_your_role' : 'not_yet'),
                  `${role}, ${text} in ${phase}`,
                )
              cells++
            }
            const sheet = ask(who.acting, 'select checklist from private.see_sheet($1)', [session])
            if (open(role, 'markscheme', phase)) assert.match(JSON.stringify(await sheet), new RegExp(`${word} item 3`))
            else await assert.rejects(sheet)
          }
          for (const text of [null, ...texts]) {
            await assert.rejects(ask(cem.acting, 'select * from private.disclose($1, $2)', [session, text]), refused('session_not_found'))
            await assert.rejects(ask(aStranger, 'select * from private.disclose($1, $2)', [session, text]), notAllowed)
          }
        }
        assert.equal(cells, type === 'mock' ? 40 : 32)
        await act(bo, 'end_session', session)
        for (const who of [ada, bo]) assert.deepEqual(await disclosed(who, session), [...texts])
      })
})

describe('what stops early opens nothing further:', async () => {
  for (const [phase, minutes] of [
    ['reading', 5],
    ['running', 15],
    ['marking', 35],
  ] as const)
    for (const how of ['end_session', 'leave_seat'] as const)
      test(`in ${phase}, by ${how}`, async () => {
        const [ada, bo] = [await person('Ada'), await person('Bo')]
        const session = await seated(ada, bo, { candidate: bo, caseId: (await aCase()).id })
        await act(ada, 'begin_station', session)
        await later(session, minutes)
        await act(bo, how, session)
        await db.sql(
          `update practice.rounds set ended_at = ended_at - interval '1 day', reading_at = reading_at - interval '1 day',
          running_at = running_at - interval '1 day', marking_at = marking_at - interval '1 day', feedback_at = feedback_at - interval '1 day' where session_id = $1`,
          [session],
        ) // prettier-ignore
        assert.deepEqual(await disclosed(bo, session), ['candidate_brief'])
        assert.deepEqual(await disclosed(ada, session), phase === 'reading' ? texts.slice(0, 3) : [...texts])
        await assert.rejects(
          ask(bo.acting, `select private.see_sheet($1)`, [session]),
          refused(phase === 'reading' ? 'not_yet' : 'not_your_role'),
        )
      })
})

test('alone, the rest opens for marking oneself, and not before', async () => {
  const ada = await person('Ada')
  const { id } = await aCase()
  for (const [type, opensAt] of [
    ['mock', 30],
    ['review', 30],
  ] as const) {
    const [{ session } = { session: '' }] = await ask<{ session: string }>(
      ada.acting,
      `select private.practise_alone($1, 'short', $2) as session`,
      [type, id],
    )
    await later(session, opensAt - 1)
    assert.deepEqual(await disclosed(ada, session), ['candidate_brief'])
    await assert.rejects(ask(ada.acting, `select * from private.disclose($1, 'markscheme')`, [session]), refused('not_yet'))
    await later(session, 1)
    assert.deepEqual(await disclosed(ada, session), [...texts])
  }
})

test('not in a second tab either: the candidate cannot play the same case alone, or with a friend, and read it there', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const { id } = await aCase()
  const session = await seated(ada, bo, { caseId: id, minutes: 3, length: 10 })
  const other = await seated(cem, ada, { caseId: id, candidate: cem, minutes: 13 })
  await act(ada, 'begin_station', session)
  await act(cem, 'begin_station', other) // there Ada would be the actor
  const [{ alone } = { alone: '' }] = await ask<{ alone: string }>(
    ada.acting,
    `select private.practise_alone('review', 'open', $1) as alone`,
    [id],
  )
  await act(ada, 'move_on', alone, 'feedback')
  for (const elsewhere of [alone, other]) {
    assert.deepEqual(await disclosed(ada, elsewhere), ['candidate_brief'])
    for (const text of texts.slice(1))
      await assert.rejects(ask(ada.acting, 'select private.disclose($1, $2)', [elsewhere, text]), refused('not_yet'))
    await assert.rejects(ask(ada.acting, 'select private.see_sheet($1)', [elsewhere]), refused('not_yet'))
  }
  assert.deepEqual(await disclosed(bo, session), texts.slice(0, 3))
  await later(session, 40)
  assert.deepEqual(
    [await disclosed(ada, session), await disclosed(ada, alone), await disclosed(ada, other)],
    [[...texts], [...texts], texts.slice(0, 3)],
  )
})

describe('each round has its own texts:', async () => {
  const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
  const [one, two] = [await aCase(), await aCase()]
  const session = await seated(ada, bo, { caseId: one.id })
  await act(ada, 'begin_station', session)
  await later(session, 40)
  await act(ada, 'next_round', session, two.id)

  test('the first stays open to both, the second begins closed', async () => {
    assert.deepEqual([await disclosed(ada, session, 1), await disclosed(bo, session, 1)], [[...texts], [...texts]])
    assert.deepEqual([await disclosed(ada, session), await disclosed(bo, session, 2)], [texts.slice(0, 3), ['candidate_brief']])
    await assert.rejects(disclosed(bo, session, 3), refused('session_not_found'))
  })

  test('who comes later finds nothing of what was before, who leaves nothing of what comes', async () => {
    await act(bo, 'leave_seat', session)
    await act(cem, 'take_seat', session)
    await act(cem, 'choose_roles', session, ada.id)
    const three = await aCase()
    await act(cem, 'choose_case', session, three.id)
    await act(cem, 'begin_station', session)
    assert.deepEqual(await disclosed(cem, session), texts.slice(0, 3))
    for (const round of [1, 2]) await assert.rejects(disclosed(cem, session, round), refused('session_not_found'))
    await assert.rejects(disclosed(bo, session, 3), refused('session_not_found'))
    assert.deepEqual(await disclosed(bo, session), ['candidate_brief']) // of his own last round
  })
})

test('what was opened by whom is on record, for each alone', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await seated(ada, bo)
  await act(ada, 'begin_station', session)
  await assert.rejects(ask(ada.acting, `select private.disclose($1, 'markscheme')`, [session]))
  await ask(ada.acting, `select private.disclose($1, 'candidate_brief')`, [session])
  await ask(bo.acting, `select private.disclose($1)`, [session])
  const record = async ({ acting }: Person) =>
    (await ask(acting, 'select text from practice.disclosures order by text')).map(({ text }) => text)
  assert.deepEqual(await record(ada), ['candidate_brief'])
  assert.deepEqual(await record(bo), ['actor_brief', 'candidate_brief', 'condition'])
})

test('a text of another name is none', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const session = await seated(ada, bo)
  await act(ada, 'begin_station', session)
  for (const text of ['room_url', '', 'MARKSCHEME'])
    await assert.rejects(ask(bo.acting, 'select private.disclose($1, $2)', [session, text]), refused('no_such_text'))
})

describe('by no other way, whatever they ask:', async () => {
  const found = (all: string, word: string) => marks.filter((mark) => all.includes(`${word} ${mark}`))

  test('the candidate and the actor in each phase, somebody else, and the server', async () => {
    const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
    const { id, word } = await aCase()
    const session = await seated(ada, bo, { caseId: id })
    await act(ada, 'begin_station', session)
    for (const [phase, minutes] of [
      ['reading', 0],
      ['running', 10],
      ['marking', 20],
    ] as const) {
      // The clock stands in the middle of the phase: the trial takes longer than a phase of this format.
      await db.sql(
        `update practice.rounds set running_at = now() + $2 * interval '1 hour', marking_at = now() + $3 * interval '1 hour', feedback_at = now() + interval '9 hours',
        reading_at = now() - interval '9 hours' where session_id = $1`,
        [session, phase === 'reading' ? 1 : -2, phase === 'marking' ? -1 : 2],
      ) // prettier-ignore
      assert.equal((await mine(ada, session))!['phase'], phase, String(minutes))
      assert.deepEqual(found(await everythingThatLeaks(ada, session), word), ['candidate_brief'], `the candidate in ${phase}`)
      assert.deepEqual(
        found(await everythingThatLeaks(bo, session), word),
        phase === 'reading' ? ['candidate_brief', 'actor_brief', 'condition'] : [...marks],
        `the actor in ${phase}`,
      )
      assert.deepEqual(
        found(await everythingThatLeaks(bo, session, ['disclose', 'see_sheet', 'see_result']), word),
        [],
        `the actor in ${phase}, without disclose`,
      )
      assert.deepEqual(found(await everythingThatLeaks(cem, session), word), [], 'somebody else')
    }
    for (const text of texts) {
      await assert.rejects(ask(theServer, `select ${text} from practice.cases`), notAllowed)
      await assert.rejects(ask(ada.acting, `select id from practice.cases where ${text} like 'w%'`), notAllowed) // nor by asking around it
      await assert.rejects(ask(ada.acting, `select id from practice.cases order by ${text}`), notAllowed)
    }
    await assert.rejects(ask(theServer, 'select words from practice.checklist_items'), notAllowed)
  })
})

test('no refusal says more than its name', async () => {
  const [ada, bo] = [await person('Ada'), await person('Bo')]
  const { id, word } = await aCase()
  const session = await seated(ada, bo, { caseId: id })
  await act(ada, 'begin_station', session)
  const said = await ask(ada.acting, `select private.disclose($1, 'markscheme')`, [session]).then(
    () => '',
    (error: Error) => JSON.stringify([error, error.message]),
  )
  assert.ok(!said.includes(word))
})

test('an offer tells nothing of its case before it begins, not even to the host', async () => {
  const ada = await person('Ada')
  const { id, word } = await aCase()
  const session = await offer(ada, { caseId: id })
  await assert.rejects(disclosed(ada, session), refused('session_not_found'))
  assert.ok(!JSON.stringify(await mine(ada, session)).includes(word))
})
