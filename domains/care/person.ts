import type { PersonHooks } from '#platform/identity/person-hooks.ts'

const portion = 50_000

export const careOfPerson: PersonHooks = {
  name: 'care',

  // What the other side said and did is theirs: of links and calls, that and when they were, and which steps this person took.
  // How a link stands now is left out, for it may say that the other side blocked it.
  async export(db, userId) {
    const [profile, links, steps, messages, earlierWords, attachments, calls, realtime, aggregated, verifications, readMarks] =
      await db.all(
        db
          .selectFrom('care.profiles')
          .select([
            'full_name',
            'phone',
            'address',
            'country',
            'role',
            'license_number',
            'certification',
            'is_verified',
            'listed',
            'created_at',
          ])
          .where('id', '=', userId),
        db
          .selectFrom('care.patient_doctor_links')
          .select(['id', 'patient_id', 'doctor_id', 'created_at'])
          .where((eb) => eb.or([eb('patient_id', '=', userId), eb('doctor_id', '=', userId)]))
          .orderBy('id'),
        db.selectFrom('care.link_events').select(['link_id', 'step', 'at']).where('actor_id', '=', userId).orderBy('id'),
        db
          .selectFrom('care.messages')
          .select(['id', 'conversation_id', 'seq', 'message_type', 'body', 'created_at', 'edited_at', 'deleted_at'])
          .where('sender_id', '=', userId)
          .orderBy('id'),
        db
          .selectFrom('care.message_versions as v')
          .innerJoin('care.messages as m', 'm.id', 'v.message_id')
          .select(['v.message_id', 'v.version', 'v.body', 'v.replaced_at'])
          .where('m.sender_id', '=', userId)
          .orderBy('v.message_id')
          .orderBy('v.version'),
        db
          .selectFrom('care.message_attachments as a')
          .innerJoin('care.messages as m', 'm.id', 'a.message_id')
          .select(['a.message_id', 'a.file_name', 'a.mime_type', 'a.file_size', 'a.created_at'])
          .where('m.sender_id', '=', userId)
          .orderBy('a.id'),
        db
          .selectFrom('care.video_calls as v')
          .innerJoin('care.conversations as c', 'c.id', 'v.conversation_id')
          .select(['v.conversation_id', 'v.status', 'v.scheduled_for', 'v.started_at', 'v.ended_at', 'v.created_at'])
          .where((eb) => eb.or([eb('c.patient_id', '=', userId), eb('c.doctor_id', '=', userId)]))
          .orderBy('v.id'),
        db
          .selectFrom('care.health_realtime')
          .select(['metric_name', 'timestamp', 'zone_offset', 'value', 'source', 'statistics'])
          .where('user_id', '=', userId)
          .orderBy('metric_name')
          .orderBy('timestamp'),
        db
          .selectFrom('care.health_aggregated')
          .select(['metric_name', 'timestamp', 'zone_offset', 'value', 'units', 'source', 'statistics'])
          .where('user_id', '=', userId)
          .orderBy('metric_name')
          .orderBy('timestamp'),
        db
          .selectFrom('care.verification_requests')
          .select([
            'full_name',
            'license_number',
            'register',
            'certification',
            'status',
            'asked_at',
            'reviewed_at',
            'answer',
            'expires_at',
            'ended_at',
          ])
          .where('doctor_id', '=', userId)
          .orderBy('id'),
        db
          .selectFrom('care.read_marks')
          .select(['conversation_id', 'seq', 'read_at'])
          .where('person_id', '=', userId)
          .orderBy('conversation_id'),
      )
    return { profile, links, steps, messages, earlierWords, attachments, calls, realtime, aggregated, verifications, readMarks }
  },

  async erase(db, userId) {
    await db.call('private.erase_care', { person: userId })
    for (let gone = portion; gone === portion; ) gone = await db.call('private.erase_readings', { person: userId, most: portion })
  },

  keeps:
    'Messages between you and a doctor or patient, without your name, until the other one leaves too: they are part of a record of care, which the doctor has to keep (in the EU and the UK: GDPR, articles 9(2)(h) and 17(3)(b) and (c), and the law on medical records). That and when you were linked and called each other; of a doctor, that, when and by whom they were verified, by number.',
}
