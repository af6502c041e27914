import type { Cells } from '#tests/rules/cells.ts'

// To people all of it is foreign: they hear by the socket, and read on by a function that knows whose the topic is.
export const cells: Cells = {
  'live.topics': { stands: {}, scene: `insert into live.topics (id, kind, seq) values (:amara, 'person', 1) on conflict do nothing` },
  'live.members': {
    stands: {},
    scene: `insert into live.topics (id, kind) values ('0dec0de0-0000-4000-8000-000000011fe0', 'live.scene');
      insert into live.members values ('0dec0de0-0000-4000-8000-000000011fe0', :amara)`,
  },
  'live.events': {
    stands: {},
    scene: `insert into live.topics (id, kind, seq) values ('0dec0de0-0000-4000-8000-000000011fe1', 'live.scene', 1);
      insert into live.events (topic_id, seq, kind, acl_version) values ('0dec0de0-0000-4000-8000-000000011fe1', 1, 'live.shown', 0)`,
  },
  // Emptied at each commit, but for this one.
  'live.waiting': {
    stands: {},
    scene: `alter table live.waiting disable trigger emit_what_waits;
      insert into live.waiting (person_id, kind, body) values (:amara, 'live.shown', '{}');
      alter table live.waiting enable trigger emit_what_waits`,
  },
  'live.epochs': { stands: {} },
}
