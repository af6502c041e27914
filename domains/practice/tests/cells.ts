import type { Cells } from '#tests/rules/cells.ts'

// One's own profile is all that people write. What others plan, and what a case says, comes by functions: in the tables it is foreign.
const everybody: Cells[string] = { stands: { shared: 'true' }, anon: { select: ['shared'] }, person: { select: ['shared'] } }

export const cells: Cells = {
  'practice.profiles': {
    stands: {
      own: 'user_id = :me',
      blocked:
        'exists (select from safety.blocks b where (b.blocker_id = :me and b.blocked_id = user_id) or (b.blocked_id = :me and b.blocker_id = user_id))',
      shared: 'true',
    },
    person: {
      select: ['own', 'shared'],
      update: ['own'],
      insert: [
        {
          as: 'mei',
          makes: 'own',
          sql: `insert into practice.profiles (first_name, last_name, training_level) values ('Mei Ling', 'Chua', 'Student')`,
          never: [
            {
              sql: `insert into practice.profiles (first_name, last_name, training_level) values (' ', '', 'Student')`,
              refusal: 'name_is_given',
            },
            {
              sql: `insert into practice.profiles (first_name, last_name, training_level, avatar) values ('M', 'C', 'Student', 'https://elsewhere.test/x.png')`,
              refusal: 'avatar_is_ours',
            },
            `insert into practice.profiles (user_id, first_name, last_name, training_level) values (:daniel, 'Daniel', 'W', 'Student')`,
          ],
        },
      ],
    },
  },
  'practice.domains': everybody,
  'practice.formats': everybody,
  'practice.format_phases': everybody,
  'practice.format_scales': everybody,
  'practice.cases': {
    stands: { shared: 'published_at is not null' },
    anon: { select: ['shared'] },
    person: { select: ['shared'] },
  },
  'practice.checklist_items': { stands: {} },
  'practice.case_authors': { stands: { own: 'person_id = :me' }, person: { select: ['own'] } },
  'practice.case_reviewers': { stands: { own: 'person_id = :me' }, person: { select: ['own'] } },
  'practice.case_signatures': { stands: { own: 'person_id = :me' }, person: { select: ['own'] } },
  'practice.case_versions': { stands: {} },
  'practice.case_notes': { stands: { own: 'person_id = :me' } },
  'practice.shipped': { stands: {} },
  'practice.wishes': { stands: { own: 'person_id = :me' } },
  'practice.proposals': { stands: {} },
  'practice.askings': { stands: {} },
  'practice.seat_waits': { stands: { own: 'person_id = :me' }, person: { select: ['own'] } },
  'practice.practice_sessions': {
    stands: { own: 'host_id = :me', shared: 'guest_id = :me' },
    person: { select: ['own', 'shared'] },
  },
  'practice.rounds': { stands: { own: 'candidate_id = :me', shared: 'actor_id = :me' } },
  'practice.disclosures': { stands: { own: 'person_id = :me' }, person: { select: ['own'] } },
  'practice.observers': { stands: { own: 'person_id = :me' }, person: { select: ['own'] } },
  'practice.observer_links': { stands: {} },
  'practice.attendance': { stands: { own: 'person_id = :me' }, person: { select: ['own'] } },
  'practice.sheets': { stands: { own: 'marker_id = :me' } },
  'practice.ticks': { stands: {} },
  'practice.scores': { stands: {} },
  'practice.groups': { stands: { own: 'teacher_id = :me' } },
  'practice.group_members': { stands: { own: 'person_id = :me' } },
  'practice.assignments': { stands: {} },
  'practice.shares': { stands: { own: 'person_id = :me' } },
  'practice.remarks': { stands: { own: 'writer_id = :me' }, person: { select: ['own'] } },
}
