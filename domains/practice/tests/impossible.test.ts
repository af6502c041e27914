import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import type { Acting } from '#platform/database/acting.ts'
import { freshDatabase } from '#tests/database.ts'
import { refused, theatre } from './scene.ts'

// What even the owner cannot write down, whatever function has a fault one day.
const db = await freshDatabase()
const { ask, person, aCase, act, seated, later } = await theatre(db)
const [ada, bo, cem] = [await person('Ada'), await person('Bo'), await person('Cem')]
const [one, two] = [await aCase(), await aCase()]
const session = await seated(ada, bo, { caseId: one.id })
const empty = await seated(cem, bo, { minutes: 200 })
await act(bo, 'leave_seat', empty)
await act(ada, 'begin_station', session)
await later(session, 15)
await ask(bo.acting, 'select private.tick_item($1, 1, $2)', [session, one.items[0]])

const here = `where id = '${session}'`
const round = `where session_id = '${session}'`
describe('nobody can write down', () => {
  for (const [says, text, name] of [
    ['that a host is their own guest', `update practice.practice_sessions set guest_id = host_id ${here}`, 'you_are_the_host'],
    ['a candidate without a seat', `update practice.practice_sessions set candidate_id = '${cem.id}' ${here}`, 'candidate_has_a_seat'],
    [
      'a candidate who is nobody’s guest',
      `update practice.practice_sessions set candidate_id = '${bo.id}' where id = '${empty}'`,
      'candidate_has_a_seat',
    ],
    [
      'a guest who goes and stays the candidate',
      `update practice.practice_sessions set guest_id = null, candidate_id = '${bo.id}' ${here}`,
      'candidate_has_a_seat',
    ],
    [
      'a session with nobody, and with a guest',
      `update practice.practice_sessions set partner = 'nobody', meeting_id = null ${here}`,
      'nobody_takes_no_seat',
    ],
    ['a partner whom nobody knows', `update practice.practice_sessions set partner = 'ghost' where id = '${empty}'`, 'partner_is_known'],
    ['planned time that nobody claimed', `update practice.practice_sessions set meeting_id = null ${here}`, 'planned_time_is_claimed'],
    [
      'two sessions of one meeting',
      `update practice.practice_sessions set meeting_id = (select meeting_id from practice.practice_sessions where id = '${empty}') ${here}`,
      'meeting_is_of_one_session',
    ],
    [
      'two sessions in one room',
      `update practice.practice_sessions set room_url = (select room_url from practice.practice_sessions where id = '${empty}') ${here}`,
      'room_is_of_one_session',
    ],
    [
      'that an empty offer is cancelled',
      `update practice.practice_sessions set cancelled_at = now() where id = '${empty}'`,
      'cancelled_for_somebody',
    ],
    [
      'what is cancelled and has ended',
      `update practice.practice_sessions set cancelled_at = now(), ended_at = now() ${here}`,
      'cancelled_or_ended',
    ],
    ['a day outside the calendar', `update practice.practice_sessions set date = 'infinity' ${here}`, 'date_is_in_the_calendar'],
    ['half a minute', `update practice.practice_sessions set duration = '10 minutes 30 seconds' ${here}`, 'duration_is_minutes'],
    [
      'a day that is no number of hours',
      `update practice.practice_sessions set duration = '1 day -22 hours' ${here}`,
      'duration_is_minutes',
    ],
    ['a version before the first', `update practice.practice_sessions set version = 0 ${here}`, 'version_counts_up'],
    ['somebody who plays both', `update practice.rounds set actor_id = candidate_id ${round}`, 'nobody_plays_both'],
    [
      'a round before the first',
      `insert into practice.rounds (session_id, number, case_id, candidate_id, plan, reading_at, ended_at) select session_id, 0, case_id, candidate_id, plan, reading_at, now() from practice.rounds ${round}`,
      'rounds_count_from_one',
    ],
    [
      'two rounds at once',
      `insert into practice.rounds (session_id, number, case_id, candidate_id, plan, reading_at) select session_id, 2, case_id, candidate_id, plan, now() from practice.rounds ${round}`,
      'round_is_under_way',
    ],
    [
      'a phase before the one before it',
      `update practice.rounds set feedback_at = running_at - interval '1 second', marking_at = null ${round}`,
      'phases_follow_each_other',
    ],
    [
      'marking before running',
      `update practice.rounds set marking_at = running_at - interval '1 second' ${round}`,
      'phases_follow_each_other',
    ],
    ['marking in a round that plans none', `update practice.rounds set plan = plan - 'marking' ${round}`, 'marked_as_planned'],
    ['a plan without running', `update practice.rounds set plan = plan - 'running' ${round}`, 'plan_has_phases'],
    [
      'a plan with a phase of its own',
      `update practice.rounds set plan = plan || '{"lunch": {"seconds": 1, "bells": []}}' ${round}`,
      'plan_has_phases',
    ],
    ['a plan whose phases are words', `update practice.rounds set plan = plan || '{"running": "long"}' ${round}`, 'plan_has_phases'],
    ['a phase without bells', `update practice.rounds set plan = plan || '{"running": {"seconds": 9}}' ${round}`, 'plan_has_phases'],
    [
      'seconds that are words',
      `update practice.rounds set plan = plan || '{"running": {"seconds": "9", "bells": []}}' ${round}`,
      'plan_has_phases',
    ],
    ['a plan that is a list', `update practice.rounds set plan = '[]', marking_at = null ${round}`, 'plan_has_phases'],
    [
      'that a text of another name was opened',
      `insert into practice.disclosures (session_id, round, person_id, text) values ('${session}', 1, '${ada.id}', 'room_url')`,
      'text_is_known',
    ],
    [
      'that a text was opened in no round',
      `insert into practice.disclosures (session_id, round, person_id, text) values ('${session}', 9, '${ada.id}', 'markscheme')`,
      'opened_in_a_round',
    ],
    [
      'a sheet of another case than its round’s',
      `delete from practice.ticks; update practice.sheets set case_id = '${two.id}' ${round}`,
      'sheet_of_a_round',
    ],
    [
      'a tick on another case',
      `insert into practice.ticks (session_id, round, case_id, item_id) values ('${session}', 1, '${two.id}', '${two.items[0]}')`,
      'tick_on_a_sheet',
    ],
    [
      'a tick on another case’s item',
      `insert into practice.ticks (session_id, round, case_id, item_id) values ('${session}', 1, '${one.id}', '${two.items[0]}')`,
      'no_such_item',
    ],
    ['a sheet handed in without a rating', `update practice.sheets set submitted_at = now() ${round}`, 'submitted_as_a_whole'],
    ['a rating off every scale', `update practice.sheets set rating = 10 ${round}`, 'rating_is_a_place'],
    [
      'a score off every scale',
      `insert into practice.scores (session_id, round, domain, points) values ('${session}', 1, 'ethics', 10)`,
      'score_is_off_the_scale',
    ],
    ['two items in one place', `update practice.checklist_items set position = 1 where case_id = '${one.id}'`, 'place_is_taken'],
    ['an item of too much weight', `update practice.checklist_items set weight = 11 where case_id = '${one.id}'`, 'weight_is_small'],
    [
      'a phase of no length',
      `insert into practice.format_phases (format, phase, seconds) values ('open', 'running', 0)`,
      'a_phase_takes_time',
    ],
    ['a phase of another name', `insert into practice.format_phases (format, phase) values ('open', 'lunch')`, 'phase_is_known'],
    [
      'a bell after its phase',
      `insert into practice.format_phases (format, phase, seconds, bells) values ('open', 'running', 60, '{61}')`,
      'bells_ring_within_their_phase',
    ],
    [
      'a bell before it',
      `insert into practice.format_phases (format, phase, bells) values ('open', 'running', '{-1}')`,
      'bells_ring_within_their_phase',
    ],
    [
      'a bell that is none',
      `insert into practice.format_phases (format, phase, bells) values ('open', 'running', '{null}')`,
      'bells_ring_within_their_phase',
    ],
    [
      'a scale of one point',
      `insert into practice.format_scales (format, domain, points) values ('open', 'ethics', '{all}')`,
      'points_are_a_scale',
    ],
    ['a rating without words', `insert into practice.formats (id, name, rating) values ('x', 'x', '{}')`, 'rating_is_a_scale'],
    ['an empty brief', `update practice.cases set candidate_brief = ''`, 'briefs_are_written'],
  ] as const)
    test(says, () => assert.rejects(db.sql(text), refused(name)))
})

test('a token without a person does nothing', async () => {
  const nobody: Acting<'authenticated'> = { role: 'authenticated', claims: '{"role":"authenticated"}' }
  for (const [text, name] of [
    [`offer_session(current_date + 1, '10:00', 60, 'mock', 'short')`, 'not_signed_in'],
    [`take_seat('${empty}', 1)`, 'not_signed_in'],
    [`disclose('${session}')`, 'not_signed_in'],
    [`leave_seat('${session}', 1)`, 'not_your_seat'],
    [`withdraw_session('${session}', 1)`, 'session_not_found'],
    [`begin_station('${session}', 1)`, 'session_not_found'],
    [`see_sheet('${session}')`, 'not_signed_in'],
    [`tick_item('${session}', 1, '${one.items[0]}')`, 'session_not_found'],
    [`practise_alone('mock', 'short')`, 'no_profile_yet'],
    [`read_case('${one.id}')`, 'not_your_case'],
    [`enter_room('${randomUUID()}', '${randomUUID()}')`, 'not_your_room'],
  ] as const)
    await assert.rejects(ask(nobody, `select private.${text}`), refused(name), text)
  for (const text of ['offers_for_me()', 'my_practice_sessions()', 'my_rounds()', 'my_practice_profile()'])
    assert.deepEqual(await ask(nobody, `select * from private.${text}`), [], text)
})
