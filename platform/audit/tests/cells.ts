import type { Cells } from '#tests/rules/cells.ts'

// Nobody reads an entry where it lies: not whoever it is about, and not an administrator.
export const cells: Cells = {
  'audit.entries': {
    stands: {},
    scene: `insert into audit.entries (actor, role, action, subject_kind, subject_id)
      values (:ruth, 'authenticated', 'identity.suspended', 'person', :robin), (:mei, 'authenticated', 'care.record-viewed', 'patient', :mei)`,
  },
  'audit.unsealed': { stands: {}, scene: 'insert into audit.unsealed select id from audit.entries on conflict do nothing' },
  'audit.seals': {
    stands: {},
    service: {
      insert: `insert into audit.seals select max(s.position) + 1, max(e.id), sha256('next') from audit.seals s, audit.entries e`,
    },
    scene: `insert into audit.seals select coalesce((select max(position) from audit.seals), 0) + 1, min(id), sha256('one') from audit.entries`,
  },
}
