import { sql } from 'kysely'
import type { PersonHooks } from '#platform/identity/person-hooks.ts'

export const practiceOfPerson: PersonHooks = {
  name: 'practice',

  // With whom they met is not in here, nor what a case says: the one is another person's, the other an author's.
  async export(db, userId) {
    const [profile, sessions, rounds, opened, given, got, scores, written, checked, signed] = await db.all(
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
      db.selectFrom('practice.case_authors').select(['case_id', 'since']).where('person_id', '=', userId).orderBy('since'),
      db.selectFrom('practice.case_reviewers').select(['case_id', 'since']).where('person_id', '=', userId).orderBy('since'),
      db
        .selectFrom('practice.case_signatures')
        .select(['case_id', 'edition', 'named_as', 'signed_on', 'review_by'])
        .where('person_id', '=', userId)
        .orderBy('signed_on'),
    )
    return {
      profile,
      sessions,
      rounds,
      texts_opened: opened,
      sheets_you_marked: given,
      sheets_about_you: got,
      scores,
      cases_you_wrote: written,
      cases_you_check: checked,
      cases_you_signed: signed,
    }
  },

  async erase(db, userId) {
    await db.call('private.erase_practice', { person: userId })
  },

  keeps:
    'What you played together with others stays with them, without your name: that there was a session, when, which case, and what you marked about them, which is about them. Cases you wrote stay, without saying that you did.',
}

// As private.see_sheet has it: an export is no way around the phase.
const feedbackHasBegun = sql<boolean>`r.feedback_at <= least(r.ended_at, now())`
