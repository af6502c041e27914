import { sql } from 'kysely'
import type { PersonHooks } from '#platform/identity/person-hooks.ts'
import { type CaseFile, printCase } from './cases/case-file.ts'

export const practiceOfPerson: PersonHooks = {
  name: 'practice',

  // With whom they met is not in here, nor what a case says, unless they wrote it: the one is another person's, the other its author's.
  async export(db, userId) {
    const [profile, sessions, rounds, opened, given, got, scores, checked, signed, taught, joined, assigned] = await db.all(
      db.selectFrom('practice.profiles').select(['first_name', 'last_name', 'training_level', 'avatar']).where('user_id', '=', userId),
      db
        .selectFrom('practice.practice_sessions')
        .select(({ eb }) => [
          'id',
          'date',
          'time',
          'duration',
          'type',
          'format',
          'level',
          'partner',
          'created_at',
          'cancelled_at',
          'ended_at',
          eb.case().when('host_id', '=', userId).then('host').else('guest').end().as('as'),
          eb.case().when('host_id', '=', userId).then(eb.ref('note')).else('').end().as('note'),
        ]) // prettier-ignore
        .where(({ or, eb }) => or([eb('host_id', '=', userId), eb('guest_id', '=', userId)]))
        .orderBy('starts_at'),
      db
        .selectFrom('practice.rounds as r')
        .innerJoin('practice.cases as c', 'c.id', 'r.case_id')
        .select(({ eb }) => [
          'r.session_id',
          'r.number',
          'c.case_name',
          'r.reading_at',
          'r.ended_at',
          eb.case().when('r.candidate_id', '=', userId).then('candidate').else('actor').end().as('as'),
        ]) // prettier-ignore
        .where(({ or, eb }) => or([eb('r.candidate_id', '=', userId), eb('r.actor_id', '=', userId)]))
        .orderBy('r.reading_at'),
      db
        .selectFrom('practice.disclosures')
        .select(['session_id', 'round', 'text', 'opened_at'])
        .where('person_id', '=', userId)
        .orderBy('opened_at'),
      db
        .selectFrom('practice.sheets')
        .select(['session_id', 'round', 'rating', 'words', 'submitted_at'])
        .where('marker_id', '=', userId)
        .orderBy('session_id')
        .orderBy('round'),
      db
        .selectFrom('practice.sheets as s')
        .innerJoin('practice.rounds as r', (on) => on.onRef('r.session_id', '=', 's.session_id').onRef('r.number', '=', 's.round'))
        .select(['s.session_id', 's.round', 's.rating', 's.words', 's.submitted_at'])
        .where('r.candidate_id', '=', userId)
        .where('s.marker_id', '<>', userId)
        .where('s.submitted_at', 'is not', null)
        .where(feedbackHasBegun)
        .orderBy('s.submitted_at'),
      db
        .selectFrom('practice.scores as x')
        .innerJoin('practice.sheets as s', (on) => on.onRef('s.session_id', '=', 'x.session_id').onRef('s.round', '=', 'x.round'))
        .innerJoin('practice.rounds as r', (on) => on.onRef('r.session_id', '=', 's.session_id').onRef('r.number', '=', 's.round'))
        .select(['x.session_id', 'x.round', 'x.domain', 'x.points', sql<boolean>`s.marker_id = ${userId}`.as('given')])
        .where(({ or, and, eb }) =>
          or([
            eb('s.marker_id', '=', userId),
            and([eb('r.candidate_id', '=', userId), eb('s.submitted_at', 'is not', null), feedbackHasBegun]),
          ]),
        )
        .orderBy('x.session_id')
        .orderBy('x.round')
        .orderBy('x.domain'),
      db.selectFrom('practice.case_reviewers').select(['case_id', 'since']).where('person_id', '=', userId).orderBy('since'),
      db
        .selectFrom('practice.case_signatures')
        .select(['case_id', 'edition', 'named_as', 'signed_on', 'review_by'])
        .where('person_id', '=', userId)
        .orderBy('signed_on'),
      db.selectFrom('practice.groups').select(['name', 'words', 'made_at']).where('teacher_id', '=', userId).orderBy('made_at'),
      db
        .selectFrom('practice.group_members as m')
        .innerJoin('practice.groups as g', 'g.id', 'm.group_id')
        .select(['g.name', 'm.joined_at'])
        .where('m.person_id', '=', userId)
        .orderBy('m.joined_at'),
      db
        .selectFrom('practice.assignments as a')
        .innerJoin('practice.groups as g', 'g.id', 'a.group_id')
        .innerJoin('practice.cases as c', 'c.id', 'a.case_id')
        .select(['g.name as group', 'c.case_name', 'a.due_on', 'a.words', 'a.assigned_at'])
        .where('g.teacher_id', '=', userId)
        .orderBy('a.assigned_at'),
    )
    const [came, wishes, waits, watched] = await db.all(
      db.selectFrom('practice.attendance').select(['session_id', 'came', 'noted_at']).where('person_id', '=', userId).orderBy('noted_at'),
      db
        .selectFrom('practice.wishes')
        .select([
          sql<string>`lower(during)`.as('since'),
          sql<string>`upper(during)`.as('until'),
          'minutes',
          'type',
          'format',
          'level',
          'created_at',
        ])
        .where('person_id', '=', userId)
        .orderBy('created_at'),
      db.selectFrom('practice.seat_waits').select(['session_id', 'since']).where('person_id', '=', userId).orderBy('since'),
      db
        .selectFrom('practice.observers')
        .select(['session_id', 'asked_at', 'agreed_at'])
        .where('person_id', '=', userId)
        .orderBy('asked_at'),
    )
    const [wrote, received, shared] = await db.all(
      db
        .selectFrom('practice.remarks')
        .select(['session_id', 'round', 'words', 'rating', 'written_at'])
        .where('writer_id', '=', userId)
        .orderBy('written_at'),
      db
        .selectFrom('practice.remarks as x')
        .innerJoin('practice.rounds as r', (on) => on.onRef('r.session_id', '=', 'x.session_id').onRef('r.number', '=', 'x.round'))
        .select(['x.session_id', 'x.round', 'x.words', 'x.rating', 'x.written_at'])
        .where('x.writer_id', '<>', userId)
        .where(({ or, eb }) => or([eb('r.candidate_id', '=', userId), eb('r.actor_id', '=', userId)]))
        .orderBy('x.written_at'),
      db
        .selectFrom('practice.shares as s')
        .innerJoin('practice.rounds as r', (on) => on.onRef('r.session_id', '=', 's.session_id').onRef('r.number', '=', 's.round'))
        .select(['s.session_id', 's.round', 's.address', 's.shared_at'])
        .where('r.candidate_id', '=', userId)
        .orderBy('s.shared_at'),
    )
    const written = await db.rows('private.cases_written_by', { person: userId })
    const noted = await db
      .selectFrom('practice.case_notes')
      .select(['case_id', 'edition', 'words', 'written_at'])
      .where('person_id', '=', userId)
      .orderBy('written_at')
      .execute()
    return {
      profile,
      sessions,
      came_to: came,
      watched,
      wished_for: wishes,
      seats_you_wait_for: waits,
      rounds,
      texts_opened: opened,
      sheets_you_marked: given,
      sheets_about_you: got,
      scores,
      remarks_you_wrote: wrote,
      remarks_to_you: received,
      results_you_show: shared,
      cases_you_wrote: written.map(({ file, ...when }) => ({
        ...when,
        file: file ? printCase(file as CaseFile) : 'Not while you are the candidate in it.',
      })),
      cases_you_check: checked,
      cases_you_signed: signed,
      notes_you_wrote_on_cases: noted,
      groups_you_teach: taught,
      groups_you_are_in: joined,
      cases_you_assigned: assigned,
    }
  },

  async erase(db, userId) {
    await db.call('private.erase_practice_groups', { person: userId })
    await db.call('private.erase_practice_attendance', { person: userId })
    await db.call('private.erase_practice_observers', { person: userId })
    await db.call('private.forget_case_notes', { person: userId })
    await db.call('private.erase_practice', { person: userId })
    await db.call('private.forget_remarks', { person: userId })
    await db.call('private.forget_shares', { person: userId })
    await db.call('private.forget_wishes', { person: userId })
  },

  keeps:
    'What you played together with others stays with them, without your name: that there was a session, when, which case, and what you marked about them, which is about them. Cases you wrote stay where others write or have played them, or they are in the library, without saying that you did; your other drafts go.',
}

// As private.see_sheet has it: an export is no way around the phase.
const feedbackHasBegun = sql<boolean>`r.feedback_at <= least(r.ended_at, now())`
