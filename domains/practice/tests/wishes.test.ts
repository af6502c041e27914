import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { theServer } from '#tests/database.ts'
import { practiceOfPerson } from '../person.ts'
import { type Body, type Caller, done, no, nobody, stage } from './operations-scene.ts'

const { server, person, aCase, offer, take, act } = await stage()
const { sql, database } = server.db
await aCase()
const hour = 3_600_000
const full = Math.ceil(Date.now() / hour) * hour
const at = (hours: number) => new Date(full + hours * hour).toISOString().replace('.000', '')
let days = 2
/** An hour of a day on which nobody has anything yet. */
const fresh = () => 24 * days++

const wishFor = (who: Caller, from: number, until: number, more: Record<string, unknown> = {}) =>
  who.post('/practice/wishes', { since: at(from), until: at(until), minutes: 60, type: 'mock', ...more })
type Proposal = {
  id: string
  starts_at: string
  format: string
  level: string
  agreed: boolean
  they_agreed: boolean
  with: { id: string; name: string }
}
const wished = async (who: Caller) =>
  (await done(who.get('/practice/wishes'))) as unknown as { items: (Body & { offers: Body[] })[]; proposals: Proposal[] }
const proposed = async (who: Caller) => (await wished(who)).proposals
const agree = (who: Caller, id: string) => who.post(`/practice/proposals/${id}/agreement`)
const told = async (who: Caller, kind: string) =>
  (
    await sql<{ leads_to: string }>('select leads_to from notices.notices where person_id = $1 and kind = $2 order by made_at', [
      who.id,
      kind,
    ])
  ).map(({ leads_to }) => leads_to)
/** As the job does it, an hour later. */
const tend = async () => {
  await sql(`update practice.wishes set looked_at = looked_at - interval '1 hour'`)
  return database.write(theServer, (db) => db.call('private.tend_wishes', { most: 100 }))
}

describe('two who could at the same time', () => {
  test('are proposed the first hour that suits both, and sit together once both have said yes; only then is their time claimed', async () => {
    const [ada, bo] = [await person('Ada'), await person('Bo')]
    const day = fresh()
    await done(wishFor(ada, day, day + 4, { format: 'short' }))
    assert.deepEqual(await proposed(ada), [])
    await offer(bo, (full - Math.ceil(Date.now() / 60_000) * 60_000) / 60_000 + (day + 2) * 60) // Bo is taken in the first hour of both
    await done(wishFor(bo, day + 2, day + 8, { level: 'core' }))
    const [hers] = await proposed(ada)
    assert.deepEqual(
      { ...hers, id: 'its id', with: hers!.with.name },
      {
        id: 'its id',
        starts_at: at(day + 3),
        minutes: 60,
        type: 'mock',
        format: 'short',
        level: 'core',
        with: 'Bo of the stage',
        agreed: false,
        they_agreed: false,
      },
    )
    assert.deepEqual(
      [await told(ada, 'practice.proposal'), await told(bo, 'practice.proposal')],
      [['/practice/wishes'], ['/practice/wishes']],
    )
    const claimed = () =>
      sql('select from scheduling.commitments c where c.person_id = $1 and lower(c.during) = $2', [ada.id, at(day + 3)]).then(
        ({ length }) => length,
      )
    assert.deepEqual(await done(agree(bo, hers!.id)), { session: null })
    assert.deepEqual(await done(agree(bo, hers!.id)), { session: null }, 'again is once')
    assert.equal(await claimed(), 0)
    assert.deepEqual([(await proposed(ada))[0]!.they_agreed, (await proposed(bo))[0]!.agreed], [true, true])
    const { session } = (await done(agree(ada, hers!.id))) as unknown as { session: string }
    assert.equal(await claimed(), 1)
    const seen = await done(bo.get(`/practice/sessions/${session}`))
    assert.deepEqual(
      [(seen['host'] as Body)['name'], (seen['guest'] as Body)['name'], seen['me']],
      ['Ada of the stage', 'Bo of the stage', 'guest'],
    )
    assert.notEqual(seen['room'], null)
    assert.deepEqual(await told(bo, 'practice.partner-found'), [`/practice/sessions/${session}`])
    assert.deepEqual(await wished(ada), { items: [], proposals: [] })
    assert.equal(await no(agree(ada, hers!.id)), '409 proposal_is_off')
  })

  for (const [why, first, second] of [
    ['whose hours overlap by less than a session', { from: 0, until: 2 }, { from: 1.5, until: 4 }],
    ['of whom one marks and the other talks', { from: 0, until: 3 }, { from: 0, until: 3, more: { type: 'review' } }],
    ['who want other formats', { from: 0, until: 3, more: { format: 'short' } }, { from: 0, until: 3, more: { format: 'open' } }],
    ['of other levels', { from: 0, until: 3, more: { level: 'core' } }, { from: 0, until: 3, more: { level: 'student' } }],
  ] as const)
    test(`but not two ${why}`, async () => {
      const [cem, dot] = [await person('Cem'), await person('Dot')]
      const day = fresh()
      for (const [who, wish] of [
        [cem, first],
        [dot, second],
      ] as const) // prettier-ignore
        await done(wishFor(who, day + wish.from, day + wish.until, 'more' in wish ? wish.more : {}))
      assert.deepEqual(await proposed(cem), [])
    })

  test('nor two of whom one has blocked the other, before or after', async () => {
    const [eve, fay, gil] = [await person('Eve'), await person('Fay'), await person('Gil')]
    const day = fresh()
    await sql('insert into safety.blocks (blocker_id, blocked_id) values ($1, $2)', [fay.id, eve.id])
    await done(wishFor(eve, day, day + 2))
    await done(wishFor(fay, day, day + 2))
    assert.deepEqual([await proposed(eve), await proposed(fay)], [[], []])
    await done(wishFor(gil, day, day + 2))
    const [his] = await proposed(gil)
    assert.equal(his!.with.id, eve.id, 'whoever has waited longest')
    await sql('insert into safety.blocks (blocker_id, blocked_id) values ($1, $2)', [eve.id, gil.id])
    assert.deepEqual([await proposed(eve), await proposed(gil)], [[], []])
    assert.equal(await no(agree(gil, his!.id)), '409 proposal_is_off')
  })

  test('nobody sees, agrees to or declines what is proposed to others, nor withdraws what others wish', async () => {
    const [hal, ida, jo] = [await person('Hal'), await person('Ida'), await person('Jo')]
    const day = fresh()
    const { id } = await done(wishFor(hal, day, day + 2))
    await done(wishFor(ida, day, day + 2))
    const [theirs] = await proposed(hal)
    assert.deepEqual(await wished(jo), { items: [], proposals: [] })
    assert.equal(await no(agree(jo, theirs!.id)), '409 proposal_is_off')
    assert.equal(await no(jo.post(`/practice/proposals/${theirs!.id}/declining`)), '409 proposal_is_off')
    assert.equal(await no(jo.remove(`/practice/wishes/${id}`)), '404 no_such_wish')
    assert.equal((await proposed(ida)).length, 1)
  })

  test('who declines is not asked with the same one again, and the other is looked after at once', async () => {
    const [kim, lou, max] = [await person('Kim'), await person('Lou'), await person('Max')]
    const day = fresh()
    await done(wishFor(kim, day, day + 3))
    await done(wishFor(lou, day, day + 3))
    await done(wishFor(max, day, day + 3))
    const [first] = await proposed(lou)
    assert.deepEqual([first!.with.id, await proposed(max)], [kim.id, []], 'nobody is asked twice at once')
    await done(lou.post(`/practice/proposals/${first!.id}/declining`))
    assert.deepEqual(await told(kim, 'practice.proposal-off'), ['/practice/wishes'])
    assert.deepEqual([(await proposed(kim))[0]!.with.id, await proposed(lou)], [max.id, []])
    await done(max.post(`/practice/proposals/${(await proposed(max))[0]!.id}/declining`))
    assert.deepEqual([(await proposed(lou)).map((one) => one.with.id), await proposed(kim)], [[max.id], []], 'Kim was asked with both')
  })

  test('who withdraws a wish frees the other for the next one', async () => {
    const [ned, ola, pat] = [await person('Ned'), await person('Ola'), await person('Pat')]
    const day = fresh()
    const { id } = await done(wishFor(ned, day, day + 2))
    await done(wishFor(ola, day, day + 2))
    await done(wishFor(pat, day, day + 2))
    await done(ned.remove(`/practice/wishes/${id}`))
    assert.deepEqual(await told(ola, 'practice.proposal-off'), ['/practice/wishes'])
    assert.deepEqual(
      (await proposed(ola)).map((one) => one.with.id),
      [pat.id],
    )
  })

  test('who does not answer for twelve hours is not asked further, and told; the other is found somebody else', async () => {
    const [quin, ray, sam] = [await person('Quin'), await person('Ray'), await person('Sam')]
    const day = fresh()
    await done(wishFor(quin, day, day + 2))
    await done(wishFor(ray, day, day + 2))
    const [first] = await proposed(quin)
    await done(agree(quin, first!.id))
    await done(wishFor(sam, day, day + 2))
    await tend()
    assert.equal((await proposed(quin)).length, 1, 'there is still time')
    await sql(`update practice.proposals set made_at = now() - interval '12 hours' where id = $1`, [first!.id])
    assert.equal(await no(agree(ray, first!.id)), '409 proposal_is_off')
    await tend()
    assert.deepEqual([await told(ray, 'practice.wish-lapsed'), (await wished(ray)).items], [['/practice/wishes'], []])
    assert.deepEqual(
      (await proposed(quin)).map((one) => one.with.id),
      [sam.id],
    )
  })

  test('whoever is taken meanwhile is told so, and nothing is claimed for the other', async () => {
    const [tom, una] = [await person('Tom'), await person('Una')]
    const day = fresh()
    await done(wishFor(tom, day, day + 1))
    await done(wishFor(una, day, day + 1))
    const [one] = await proposed(tom)
    await done(agree(tom, one!.id))
    await offer(una, (full - Math.ceil(Date.now() / 60_000) * 60_000) / 60_000 + day * 60)
    assert.equal(await no(agree(una, one!.id)), '409 you_are_busy')
    assert.deepEqual(await sql('select from scheduling.commitments where person_id = $1', [tom.id]), [])
    await offer(tom, (full - Math.ceil(Date.now() / 60_000) * 60_000) / 60_000 + (day + 0.5) * 60)
    await sql('delete from scheduling.commitments where person_id = $1', [una.id])
    assert.equal(await no(agree(una, one!.id)), '409 partner_is_busy')
  })

  test('of both who say yes at once there is one session, over and over', async () => {
    for (let round = 0; round < 5; round++) {
      const [vic, wes] = [await person(`Vic ${round}`), await person(`Wes ${round}`)]
      const day = fresh()
      await Promise.all([done(wishFor(vic, day, day + 2)), done(wishFor(wes, day, day + 2))]) // and wished at once, too
      const [one] = await proposed(vic)
      const said = await Promise.all([vic, wes].map((who) => done(agree(who, one!.id))))
      const made = said.map(({ session }) => session).filter((session) => session !== null)
      assert.equal(made.length, 1)
      assert.deepEqual(
        await sql('select guest_id is not null as seated from practice.practice_sessions where host_id = any ($1)', [[vic.id, wes.id]]),
        [{ seated: true }],
      )
    }
  })
})

describe('a wish', () => {
  test('shows what is free then, and whoever wished hears of what is offered afterwards', async () => {
    const [xia, yan] = [await person('Xia'), await person('Yan')]
    const day = fresh()
    const minutes = (hours: number) => (full - Math.ceil(Date.now() / 60_000) * 60_000) / 60_000 + (day + hours) * 60
    const before = await offer(yan, minutes(1.2), { level: 'core' })
    await offer(yan, minutes(2.5)) // runs over the end
    await done(wishFor(xia, day, day + 3))
    const { items } = await wished(xia)
    assert.deepEqual(
      items.map(({ offers }) => offers.map(({ id }) => id)),
      [[before]],
    ) // prettier-ignore
    assert.equal((items[0]!.offers[0]!['host'] as Body)['name'], 'Yan of the stage')
    const after = await offer(yan, minutes(0.1)) // a minute may begin meanwhile
    await offer(yan, minutes(5))
    assert.deepEqual(await told(xia, 'practice.offer-fits'), [`/practice/offers/${after}`])
  })

  test('has room for a session, is a day at most and to come, and nobody wishes for the same hours twice or for more than twelve', async () => {
    const zoe = await person('Zoe')
    const day = fresh()
    days += 14 // hers alone
    assert.equal(await no(wishFor(zoe, day, day + 0.5)), '422 wish_has_room_for_a_session')
    assert.equal(await no(wishFor(zoe, day + 1, day)), '422 wish_has_room_for_a_session')
    assert.equal(await no(wishFor(zoe, day, day + 25)), '422 wish_is_a_day_at_most')
    assert.equal(await no(wishFor(zoe, -5, -2)), '422 starts_in_the_past')
    assert.equal(await no(wishFor(zoe, 24 * 181, 24 * 181 + 2)), '422 too_far_ahead')
    assert.equal(await no(wishFor(zoe, day, day + 2, { format: 'none such' })), '422 no_such_format')
    assert.equal(
      await no(zoe.post('/practice/wishes', { since: '0000-01-01T00:00:00Z', until: '0000-01-01T05:00:00Z', minutes: 60, type: 'mock' })),
      '422 starts_in_the_past',
    )
    await done(wishFor(zoe, day, day + 2))
    assert.equal(await no(wishFor(zoe, day + 1, day + 3)), '409 you_wish_for_that_already')
    await sql(
      `insert into practice.wishes (person_id, during, minutes, type, level)
       select $1, tstzrange($2::timestamptz + n * interval '1 day', $2::timestamptz + n * interval '1 day' + interval '2 hours'), 60, 'mock', 'any' from generate_series(1, 11) n`,
      [zoe.id, at(day)],
    )
    assert.equal(await no(wishFor(zoe, day + 24 * 13, day + 24 * 13 + 2)), '409 wishes_are_twelve_at_most')
    const new_ = await person('Nobody yet', { appears: false })
    assert.equal(await no(wishFor(new_, day, day + 2)), '409 no_profile_yet')
  })

  test('is gone when its time is over, and with its person, whose partner is looked after', async () => {
    const [abe, bea, cleo] = [await person('Abe'), await person('Bea'), await person('Cleo')]
    const day = fresh()
    await done(wishFor(abe, day, day + 2))
    await done(wishFor(bea, day, day + 2))
    await done(wishFor(cleo, day, day + 2))
    await database.write(theServer, (db) => db.call('private.forget_wishes', { person: abe.id }))
    assert.deepEqual(
      (await proposed(bea)).map((one) => one.with.id),
      [cleo.id],
    )
    await sql(
      `update practice.wishes set during = tstzrange(now() - interval '3 hours', now() + interval '30 minutes') where person_id = $1`,
      [bea.id],
    )
    await tend()
    assert.deepEqual([(await wished(bea)).items, await proposed(cleo)], [[], []])
  })
})

describe('a seat that somebody else has', () => {
  const minutes = (hours: number) => (full - Math.ceil(Date.now() / 60_000) * 60_000) / 60_000 + hours * 60
  test('is told to whoever waits for it once it is free, but not to whoever left it or was blocked since; they wait no longer when they sit', async () => {
    const [host, guest, dan, eli, fia] = await Promise.all(['Host', 'Guest', 'Dan', 'Eli', 'Fia'].map((name) => person(name)))
    const session = await offer(host!, minutes(fresh()))
    assert.equal(await no(dan!.post(`/practice/offers/${session}/waiting`)), '409 seat_is_free_again')
    await done(take(guest!, session))
    for (const who of [dan!, eli!, fia!]) await done(who.post(`/practice/offers/${session}/waiting`))
    await done(dan!.post(`/practice/offers/${session}/waiting`))
    assert.deepEqual(
      (await done(dan!.get('/practice/waiting'))).items.map(({ session_id }) => session_id),
      [session],
    )
    assert.equal(await no(guest!.post(`/practice/offers/${session}/waiting`)), '409 seat_is_yours')
    assert.equal(await no(host!.post(`/practice/offers/${session}/waiting`)), '409 you_are_the_host')
    await sql('insert into safety.blocks (blocker_id, blocked_id) values ($1, $2)', [host!.id, eli!.id])
    await done(fia!.remove(`/practice/offers/${session}/waiting`))
    await done(act(guest!, 'post', session, 'leaving'))
    assert.deepEqual(await Promise.all([dan!, eli!, fia!, guest!].map(async (who) => told(who, 'practice.seat-free-again'))), [
      [`/practice/offers/${session}`],
      [],
      [],
      [],
    ])
    await done(take(dan!, session))
    assert.deepEqual((await done(dan!.get('/practice/waiting'))).items, [])
  })

  test('is not waited for by whoever may not know of it, nor when it is withdrawn, over, or not there', async () => {
    const [host, guest, gus, hue] = await Promise.all(['Host two', 'Guest two', 'Gus', 'Hue'].map((name) => person(name)))
    const session = await offer(host!, minutes(fresh()))
    await done(take(guest!, session))
    await sql('insert into safety.blocks (blocker_id, blocked_id) values ($1, $2)', [host!.id, gus!.id])
    assert.equal(await no(gus!.post(`/practice/offers/${session}/waiting`)), '404 session_not_found')
    assert.equal(await no(gus!.post(`/practice/offers/${nobody}/waiting`)), '404 session_not_found')
    await done(hue!.post(`/practice/offers/${session}/waiting`))
    await done(host!.post(`/practice/offers/${session}/withdrawal`, { version: 2 }))
    assert.deepEqual(await sql('select from practice.seat_waits where session_id = $1', [session]), [])
    assert.equal(await no(hue!.post(`/practice/offers/${session}/waiting`)), '404 session_not_found')
    const lonely = await person('Lonely', { appears: false })
    assert.equal(await no(lonely.post(`/practice/offers/${session}/waiting`)), '409 no_profile_yet')
  })
})

describe('whoever leaves', () => {
  test('takes along what they wished and waited for, all of it, and before that has it in their export', async () => {
    const [lia, moe, nia] = [await person('Lia'), await person('Moe'), await person('Nia')]
    const day = fresh()
    await done(wishFor(lia, day, day + 2, { level: 'core' }))
    const session = await offer(moe, (full - Math.ceil(Date.now() / 60_000) * 60_000) / 60_000 + fresh() * 60)
    await done(take(nia, session))
    await done(lia.post(`/practice/offers/${session}/waiting`))
    const exported = (await database.read(theServer, (db) => practiceOfPerson.export(db, lia.id))) as Record<string, Body[]>
    assert.deepEqual(
      exported['wished_for']!.map(({ since, until, level }) => [since, until, level]),
      [[at(day), at(day + 2), 'core']],
    ) // prettier-ignore
    assert.deepEqual(
      exported['seats_you_wait_for']!.map(({ session_id }) => session_id),
      [session],
    ) // prettier-ignore
    await database.write(theServer, (db) => practiceOfPerson.erase(db, lia.id))
    for (const table of ['wishes', 'seat_waits'])
      assert.deepEqual(await sql(`select from practice.${table} where person_id = $1`, [lia.id]), [])
    assert.deepEqual(await sql('select from practice.profiles where user_id = $1', [lia.id]), [])
  })
})

describe('by two clocks', () => {
  test('the two who sit there see each other’s, and nobody else does; not when it is off, or one has blocked the other', async () => {
    const [ina, jai, ken] = [await person('Ina'), await person('Jai'), await person('Ken')]
    await sql(`update identity.accounts set zone = 'Asia/Kolkata' where user_id = $1`, [jai.id])
    const session = await offer(ina, (full - Math.ceil(Date.now() / 60_000) * 60_000) / 60_000 + fresh() * 60)
    const seen = async (who: Caller) => (await done(who.get(`/practice/sessions/${session}`)))['other_zone']
    const planned = async (who: Caller) =>
      (await done(who.get('/scheduling/calendar', { from: at(0), until: at(24 * 60) }))).items.map((one) => [one['leads_to'], one['with']])
    assert.equal(await seen(ina), null)
    await done(take(jai, session))
    assert.deepEqual([await seen(ina), await seen(jai)], ['Asia/Kolkata', null], 'Ina has not said hers')
    assert.deepEqual(await planned(ina), [[`/practice/sessions/${session}`, [{ name: 'Jai of the stage', zone: 'Asia/Kolkata' }]]])
    assert.equal(await no(ken.get(`/practice/sessions/${session}`)), '404 session_not_found')
    await done(ina.post(`/practice/offers/${session}/withdrawal`, { version: 2 }))
    assert.equal(await seen(ina), null)
  })
})
