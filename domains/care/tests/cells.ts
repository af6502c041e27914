import type { Cells } from '#tests/rules/cells.ts'

// Daniel is Leila's patient, Amara was; Mei has asked her, and has blocked Tomasz, whom she had asked before. All else that
// people do here they do by functions.
const iAmInTheLink = 'select from care.patient_doctor_links l where l.id = link_id and :me in (l.patient_id, l.doctor_id)'
const iBlockThem = 'select from safety.blocks b where b.blocker_id = :me and b.blocked_id in (l.patient_id, l.doctor_id)'

export const cells: Cells = {
  'care.profiles': {
    stands: { own: 'id = :me' },
    person: {
      select: ['own'],
      update: ['own'],
      insert: [
        {
          as: 'jonas',
          makes: 'own',
          sql: `insert into care.profiles (id, full_name) values (:jonas, 'Jonas Lindqvist')`,
          never: [
            `insert into care.profiles (id, full_name, role, is_verified) values (:jonas, 'Jonas Lindqvist', 'doctor', true)`,
            {
              sql: `insert into care.profiles (id, full_name, listed) values (:jonas, 'Jonas Lindqvist', true)`,
              refusal: 'only_doctors_are_listed',
            },
          ],
        },
      ],
    },
  },
  'care.verification_requests': { stands: { own: 'doctor_id = :me' }, person: { select: ['own'] } },

  // Who is blocked is not told: the row is hidden from them and stays with who blocked.
  'care.patient_doctor_links': {
    stands: {
      blocked: `status = 'blocked' and :me in (patient_id, doctor_id)
        and not exists (select from safety.blocks b where b.blocker_id = :me and b.blocked_id in (patient_id, doctor_id))`,
      own: 'patient_id = :me',
      shared: 'doctor_id = :me',
    },
    person: { select: ['own', 'shared'] },
  },
  'care.link_events': {
    stands: {
      blocked: `exists (${iAmInTheLink} and (l.status = 'blocked' and not exists (${iBlockThem})
        or link_events.step in ('blocked', 'unblocked') and link_events.actor_id <> :me))`,
      shared: `exists (${iAmInTheLink})`,
    },
    person: { select: ['shared'] },
    // Robin asked Tomasz, blocked him and took it back. Of that Tomasz sees that the link ended, and nothing else.
    scene: `insert into care.profiles (id, full_name) values (:robin, 'Robin Vance');
      select set_config('request.jwt.claims', '{"sub": "' || :robin || '"}', false);
      insert into care.patient_doctor_links (patient_id, doctor_id) values (:robin, :tomasz);
      insert into safety.blocks (blocker_id, blocked_id) values (:robin, :tomasz);
      delete from safety.blocks where blocker_id = :robin and blocked_id = :tomasz;
      select set_config('request.jwt.claims', '', false)`,
  },

  // What was said stays with both, whatever becomes of the link.
  'care.conversations': { stands: { shared: ':me in (patient_id, doctor_id)' }, person: { select: ['shared'] } },
  'care.messages': {
    stands: {
      own: 'sender_id = :me',
      shared: 'exists (select from care.conversations c where c.id = conversation_id and :me in (c.patient_id, c.doctor_id))',
    },
    person: { select: ['own', 'shared'] },
  },
  'care.message_versions': { stands: {} },
  'care.message_attachments': {
    stands: {
      'shared, removed':
        'removed_at is not null and exists (select from care.conversations c where c.id = conversation_id and :me in (c.patient_id, c.doctor_id))',
      shared: 'exists (select from care.conversations c where c.id = conversation_id and :me in (c.patient_id, c.doctor_id))',
    },
    person: { select: ['shared'] },
    // The demo world has no bytes for files.
    scene: `insert into files.objects (id, owner_id, purpose, name, state, mime, size, sha256, object_path)
        select file.id, :daniel, 'message_file', 'letter.pdf', 'clean', 'application/pdf', 1, repeat('0', 64), file.id::text
        from (values ('0dec0de0-0000-4000-8ca3-000000000001'::uuid), ('0dec0de0-0000-4000-8ca3-000000000002')) as file (id);
      insert into care.messages (conversation_id, sender_id, message_type, client_id)
        select c.id, :daniel, 'file', gen_random_uuid() from care.conversations c where c.patient_id = :daniel and c.doctor_id = :leila;
      insert into care.message_attachments (message_id, object_path, file_name, file_id, removed_at)
        select (select max(id) from care.messages), o.object_path, o.name, o.id, case when o.id::text like '%2' then now() end
        from files.objects o where o.purpose = 'message_file'`,
  },
  'care.read_marks': { stands: { own: 'person_id = :me' }, person: { select: ['own'] } },
  'care.video_calls': {
    stands: { shared: 'exists (select from care.conversations c where c.id = conversation_id and :me in (c.patient_id, c.doctor_id))' },
    person: { select: ['shared'] },
  },

  // The doctor's way to them is a function that leaves an entry, so the table shows them none.
  'care.health_realtime': { stands: { own: 'user_id = :me' }, person: { select: ['own'], delete: ['own'] } },
  'care.health_aggregated': { stands: { own: 'user_id = :me' }, person: { select: ['own'], delete: ['own'] } },
}
