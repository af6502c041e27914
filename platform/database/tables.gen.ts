// Printed from the database and its privileges by `npm run types`. Not to be edited.
export {}

declare module '#platform/database/roles.ts' {
  interface AnonFunctions {
    'private.cancel_deletion': { input: { cancel_hash?: Buffer | undefined }; returns: void }
    'private.case_for_me': { input: { case_id: string | null }; rows: { id: string | null; case_name: string | null; category: string | null; domain: string | null; level: string | null; formats: (string)[] | null; content_note: string | null; author: string | null; file_version: number | null; published: boolean | null; named_as: string | null; signed_on: string | null; review_by: string | null; part: string | null; opened_at: string | null; as_candidate: number | null; as_actor: number | null; last_at: string | null }[] }
    'private.my_account': { input: Record<never, never>; rows: { id: string | null; email: string | null; name: string | null; zone: string | null; avatar_file_id: string | null; administrator: boolean | null; created_at: string | null; erases_at: string | null }[] }
    'private.offers_for_strangers': { input: { since?: string | undefined; until?: string | undefined; after?: string | undefined; only_type?: string | undefined; only_format?: string | undefined; only_level?: string | undefined; most?: number | undefined }; rows: { id: string | null; date: string | null; time: string | null; type: string | null; format: string | null; level: string | null; first_name: string | null }[] }
    'private.points_this_week': { input: Record<never, never>; rows: { user_id: string | null; points: number | null }[] }
    'private.published_cases': { input: { search?: string | undefined; only_category?: string | undefined; only_domain?: string | undefined; only_level?: string | undefined; only_format?: string | undefined; after_name?: string | undefined; after?: string | undefined; most?: number | undefined; only_new?: boolean | undefined; only_reviewed?: boolean | undefined }; rows: { id: string | null; case_name: string | null; category: string | null; domain: string | null; level: string | null; formats: (string)[] | null; content_note: string | null; author: string | null; name_key: string | null; named_as: string | null; signed_on: string | null; review_by: string | null; opened: boolean | null }[] }
    'private.read_invitation': { input: { token_hash: Buffer | null }; rows: { role: string | null; bound: boolean | null; expires_at: string | null }[] }
    'private.refuse': { input: { name: string | null }; returns: void }
    'private.reviewed_cases': { input: Record<never, never>; rows: { case_id: string | null; named_as: string | null; signed_on: string | null; review_by: string | null }[] }
  }
  interface AuthenticatedFunctions {
    'private.accept_patient': { input: { link: number | null }; returns: void }
    'private.admit': { input: { room: string | null; person: string | null }; returns: void }
    'private.agree_clock': { input: { room: string | null; version: number | null }; returns: void }
    'private.agree_round': { input: { session: string | null; version: number | null }; returns: number }
    'private.agree_to_observer': { input: { session: string | null; version: number | null; person: string | null }; returns: number }
    'private.agree_to_proposal': { input: { proposal: string | null }; returns: string }
    'private.answer_given': { input: { key: string | null }; rows: { fingerprint: string | null; body: string | null }[] }
    'private.answer_is': { input: { key: string | null; body: string | null }; returns: void }
    'private.answer_once': { input: { key: string | null; fingerprint: string | null }; returns: void }
    'private.ask_clock': { input: { room: string | null; version: number | null; phase: number | null; what: string | null; seconds?: number | undefined }; returns: void }
    'private.ask_doctor': { input: { doctor: string | null }; returns: number }
    'private.ask_for_case': { input: { case_id: string | null; part: string | null; reason: string | null; person?: string | undefined; address?: string | undefined }; returns: void }
    'private.ask_for_deletion': { input: { id: string | null; cancel_hash: Buffer | null }; returns: string }
    'private.ask_for_export': { input: Record<never, never>; returns: string }
    'private.ask_for_verification': { input: { full_name: string | null; license_number: string | null; register: string | null; certification?: string | undefined; file?: string | undefined }; returns: number }
    'private.ask_round': { input: { session: string | null; version: number | null; phase: string | null; what: string | null; seconds?: number | undefined }; returns: number }
    'private.ask_to_review': { input: { case_id: string | null; person: string | null; reason: string | null }; returns: void }
    'private.ask_to_watch': { input: { link_hash: Buffer | null }; returns: string }
    'private.ask_to_write': { input: { case_id: string | null; person: string | null; reason: string | null }; returns: void }
    'private.assign_case': { input: { group_id: string | null; case_id: string | null; due_on: string | null; words: string | null }; returns: string }
    'private.assigned_cases': { input: { only_group?: string | undefined }; rows: { id: string | null; group_id: string | null; group_name: string | null; teacher_first_name: string | null; teacher_last_name: string | null; case_id: string | null; case_name: string | null; category: string | null; published: boolean | null; due_on: string | null; words: string | null; practised_at: string | null; session_id: string | null; round: number | null }[] }
    'private.audit': { input: { action: string | null; subject_kind: string | null; subject_id: string | null; reason?: string | undefined; details?: unknown | undefined }; returns: void }
    'private.begin_clock': { input: { room: string | null; version: number | null }; returns: void }
    'private.begin_station': { input: { session: string | null; version: number | null }; returns: number }
    'private.begin_upload': { input: { purpose: string | null; name: string | null; length: number | null }; returns: { id: string | null; expires_at: string | null } }
    'private.book': { input: { mentor: string | null; starts: string | null; minutes: number | null; notes: string | null }; returns: string }
    'private.calls_until': { input: { room: string | null }; returns: string }
    'private.cancel_booking': { input: { booking: string | null; reason?: string | undefined }; returns: void }
    'private.cancel_deletion': { input: { cancel_hash?: Buffer | undefined }; returns: void }
    'private.case_file': { input: { case_id: string | null }; returns: unknown }
    'private.case_for_me': { input: { case_id: string | null }; rows: { id: string | null; case_name: string | null; category: string | null; domain: string | null; level: string | null; formats: (string)[] | null; content_note: string | null; author: string | null; file_version: number | null; published: boolean | null; named_as: string | null; signed_on: string | null; review_by: string | null; part: string | null; opened_at: string | null; as_candidate: number | null; as_actor: number | null; last_at: string | null }[] }
    'private.case_in_work': { input: { case_id: string | null }; rows: { id: string | null; file: unknown | null; edition: number | null; published_at: string | null; review_wanted_at: string | null; part: string | null; reviewers: number | null; signatures: unknown | null }[] }
    'private.case_version': { input: { case_id: string | null; number: number | null }; returns: unknown }
    'private.case_versions': { input: { case_id: string | null }; rows: { number: number | null; edition: number | null; written_at: string | null }[] }
    'private.cases_new_to_me': { input: Record<never, never>; rows: { domain: string | null; case_id: string | null; case_name: string | null; category: string | null; content_note: string | null }[] }
    'private.cases_to_see_to': { input: Record<never, never>; rows: { id: string | null; case_name: string | null; category: string | null; edition: number | null; state: string | null; since: string | null; authors: (string)[] | null; reviewers: (string)[] | null; named_as: string | null; review_by: string | null }[] }
    'private.change_assignment': { input: { assignment: string | null; due_on: string | null; words: string | null }; returns: void }
    'private.change_group': { input: { group_id: string | null; name: string | null; words: string | null }; returns: void }
    'private.change_my_avatar': { input: { file: string | null }; returns: void }
    'private.change_session': { input: { session: string | null; version: number | null; on_date: string | null; at_time: string | null; minutes: number | null; type: string | null; format: string | null; level: string | null; note: string | null }; returns: number }
    'private.check_in': { input: { session: string | null }; returns: number }
    'private.choose_case': { input: { session: string | null; version: number | null; case_id: string | null }; returns: number }
    'private.choose_roles': { input: { session: string | null; version: number | null; candidate: string | null }; returns: number }
    'private.claim_file': { input: { file: string | null; purpose: string | null }; returns: { name: string | null; mime: string | null; size: number | null; sha256: string | null; object_path: string | null } }
    'private.close_report': { input: { report: string | null; decision: string | null; reason: string | null }; returns: void }
    'private.confirm_address': { input: { person: string | null; reason: string | null }; returns: void }
    'private.confirm_booking': { input: { booking: string | null }; returns: void }
    'private.decline_booking': { input: { booking: string | null; reason?: string | undefined }; returns: void }
    'private.decline_clock': { input: { room: string | null; version: number | null }; returns: void }
    'private.decline_patient': { input: { link: number | null }; returns: void }
    'private.decline_proposal': { input: { proposal: string | null }; returns: void }
    'private.decline_round': { input: { session: string | null; version: number | null }; returns: number }
    'private.delete_cv': { input: { cv: string | null }; returns: void }
    'private.delete_message': { input: { message: number | null }; returns: void }
    'private.discard_case': { input: { case_id: string | null; edition: number | null }; returns: void }
    'private.disclose': { input: { session: string | null; text?: string | undefined; round?: number | undefined }; rows: { name: string | null; words: string | null }[] }
    'private.download': { input: { file: string | null }; returns: { name: string | null; mime: string | null; size: number | null; sha256: string | null; object_path: string | null } }
    'private.edit_message': { input: { message: number | null; body: string | null }; returns: void }
    'private.end_group': { input: { group_id: string | null }; returns: void }
    'private.end_link': { input: { link: number | null }; returns: void }
    'private.end_my_other_sessions': { input: Record<never, never>; returns: number }
    'private.end_my_session': { input: { session: string | null }; returns: void }
    'private.end_session': { input: { session: string | null; version: number | null }; returns: void }
    'private.end_sessions_of': { input: { person: string | null; reason: string | null }; returns: number }
    'private.end_verification': { input: { doctor: string | null; reason: string | null }; returns: void }
    'private.enqueue': { input: { name: string | null; data: unknown | null; start_after?: string | undefined; once?: string | undefined }; returns: void }
    'private.enter_room': { input: { room: string | null; entry: string | null }; returns: void }
    'private.erase_now': { input: { person: string | null; reason: string | null }; returns: string }
    'private.failed_jobs': { input: Record<never, never>; rows: { id: string | null; name: string | null; code: string | null; attempts: number | null; queued_at: string | null; failed_at: string | null }[] }
    'private.find_people': { input: { search: string | null; reason: string | null }; rows: { id: string | null; email: string | null; name: string | null; confirmed: boolean | null; administrator: boolean | null; suspended: boolean | null; created_at: string | null }[] }
    'private.find_speaking_members': { input: { search: string | null; reason: string | null; address?: string | undefined }; rows: { id: string | null; email: string | null; full_name: string | null; role: string | null; profession: string | null; is_email_verified: boolean | null; last_login_at: string | null; created_at: string | null; updated_at: string | null }[] }
    'private.give_award': { input: { mentor: string | null; type: string | null; period_start: string | null; period_end: string | null; reason: string | null }; returns: string }
    'private.group_people': { input: { group_id: string | null }; rows: { person_id: string | null; first_name: string | null; last_name: string | null; avatar: string | null; joined_at: string | null }[] }
    'private.hand_over': { input: { person: string | null; reason: string | null; to_me: boolean | null }; returns: string }
    'private.host_came_to': { input: { session: string | null }; rows: { came: number | null; planned: number | null }[] }
    'private.invite': { input: { id: string | null; token_hash: Buffer | null; role: string | null; email: string | null; days: number | null; reason: string | null }; returns: void }
    'private.is_admin': { input: Record<never, never>; returns: boolean }
    'private.jobs_at_work': { input: Record<never, never>; returns: { counted_at: string | null; jobs: unknown | null } }
    'private.join_group': { input: { link_hash: Buffer | null }; returns: string }
    'private.join_mentoring': { input: { role: string | null }; returns: void }
    'private.leave_group': { input: { group_id: string | null }; returns: void }
    'private.leave_room': { input: { room: string | null; entry: string | null }; returns: void }
    'private.leave_seat': { input: { session: string | null; version: number | null }; returns: void }
    'private.lift_suspension': { input: { person: string | null; reason: string | null }; returns: void }
    'private.listed_doctors': { input: { within?: string | undefined }; rows: { id: string | null; full_name: string | null; country: string | null; certification: string | null; verified_at: string | null; verified_until: string | null }[] }
    'private.live_since': { input: { topics: (string)[] | null; cursors: (number)[] | null }; rows: { topic_id: string | null; state: string | null; seq: number | null; acl_version: number | null; events: string | null }[] }
    'private.make_admin': { input: { person: string | null; reason: string | null }; returns: void }
    'private.make_cv_current': { input: { cv: string | null }; returns: void }
    'private.make_feed': { input: { id: string | null; token_hash: Buffer | null }; returns: void }
    'private.make_group': { input: { name: string | null; words: string | null; link_id: string | null; link_hash: Buffer | null }; returns: string }
    'private.make_observer_link': { input: { session: string | null; link_id: string | null; link_hash: Buffer | null }; returns: string }
    'private.mentor_busy': { input: { mentor: string | null; within: string | null }; rows: { busy_from: string | null; busy_to: string | null }[] }
    'private.mentors_free_at': { input: { at: string | null; minutes: number | null; most?: number | undefined; seen?: (string)[] | undefined }; rows: { mentor_user_id: string | null }[] }
    'private.move_on': { input: { session: string | null; version: number | null; phase: string | null }; returns: number }
    'private.my_account': { input: Record<never, never>; rows: { id: string | null; email: string | null; name: string | null; zone: string | null; avatar_file_id: string | null; administrator: boolean | null; created_at: string | null; erases_at: string | null }[] }
    'private.my_blocked': { input: Record<never, never>; rows: { my_blocked: string }[] }
    'private.my_blocks': { input: Record<never, never>; rows: { person_id: string | null; name: string | null; blocked_at: string | null }[] }
    'private.my_bookings': { input: Record<never, never>; rows: { my_bookings: string }[] }
    'private.my_calendar': { input: { within: string | null }; rows: { meeting_id: string | null; kind: string | null; starts_at: string | null; ends_at: string | null; held_until: string | null; sequence: number | null; changed_at: string | null; off: boolean | null }[] }
    'private.my_care_people': { input: Record<never, never>; rows: { id: string | null; full_name: string | null; role: string | null; verified: boolean | null; verified_at: string | null; verified_until: string | null }[] }
    'private.my_cases': { input: Record<never, never>; rows: { id: string | null; case_name: string | null; category: string | null; domain: string | null; edition: number | null; published_at: string | null; part: string | null; since: string | null; signed: boolean | null; review_wanted_at: string | null; reviewed: boolean | null }[] }
    'private.my_conversations': { input: Record<never, never>; rows: { my_conversations: number }[] }
    'private.my_groups': { input: { only_group?: string | undefined }; rows: { id: string | null; name: string | null; words: string | null; part: string | null; teacher_id: string | null; teacher_first_name: string | null; teacher_last_name: string | null; people: number | null; assigned: number | null; open: number | null; link_id: string | null }[] }
    'private.my_interviews': { input: Record<never, never>; rows: { my_interviews: string }[] }
    'private.my_links': { input: Record<never, never>; rows: { my_links: number }[] }
    'private.my_meetings': { input: Record<never, never>; rows: { my_meetings: string }[] }
    'private.my_mentees': { input: Record<never, never>; rows: { my_mentees: string }[] }
    'private.my_mentors': { input: Record<never, never>; rows: { my_mentors: string }[] }
    'private.my_open_bookings': { input: Record<never, never>; rows: { my_open_bookings: string }[] }
    'private.my_payments': { input: Record<never, never>; rows: { my_payments: string }[] }
    'private.my_practice_profile': { input: Record<never, never>; rows: { first_name: string | null; last_name: string | null; training_level: string | null; avatar: string | null }[] }
    'private.my_practice_sessions': { input: { session?: string | undefined }; rows: { id: string | null; version: number | null; host_id: string | null; host_name: string | null; host_avatar: string | null; host_came: boolean | null; guest_id: string | null; guest_name: string | null; guest_avatar: string | null; guest_came: boolean | null; starts_at: string | null; minutes: number | null; type: string | null; format: string | null; level: string | null; note: string | null; partner: string | null; room_url: string | null; case_id: string | null; candidate_id: string | null; created_at: string | null; cancelled_at: string | null; ended_at: string | null; round: number | null; phase: string | null; plan: unknown | null; reading_at: string | null; running_at: string | null; marking_at: string | null; feedback_at: string | null; paused_at: string | null; ask: unknown | null; now: string | null }[] }
    'private.my_progress': { input: Record<never, never>; rows: { session_id: string | null; round: number | null; began_at: string | null; marked_by: string | null; domain: string | null; points: number | null; most: number | null; lines: number | null; done: number | null; critical: number | null; missed: number | null }[] }
    'private.my_proposals': { input: Record<never, never>; rows: { id: string | null; starts_at: string | null; minutes: number | null; type: string | null; format: string | null; level: string | null; other_id: string | null; first_name: string | null; last_name: string | null; avatar: string | null; agreed: boolean | null; other_agreed: boolean | null }[] }
    'private.my_ratings': { input: Record<never, never>; rows: { times: number | null; mean: number | null }[] }
    'private.my_results': { input: Record<never, never>; rows: { session_id: string | null; round: number | null; case_id: string | null; case_name: string | null; category: string | null; domain: string | null; type: string | null; format: string | null; role: string | null; reached: string | null; began_at: string | null; ended_at: string | null; with_id: string | null; with_name: string | null; with_avatar: string | null; handed_in: boolean | null; rating: number | null }[] }
    'private.my_rounds': { input: { session?: string | undefined }; rows: { session_id: string | null; round: number | null; case_id: string | null; case_name: string | null; type: string | null; format: string | null; role: string | null; reached: string | null; reading_at: string | null; ended_at: string | null }[] }
    'private.my_sessions': { input: Record<never, never>; rows: { id: string | null; user_agent: string | null; created_at: string | null; last_used_at: string | null; this_one: boolean | null }[] }
    'private.my_speaking_account': { input: Record<never, never>; rows: { id: string | null; email: string | null; full_name: string | null; role: string | null; profession: string | null; is_email_verified: boolean | null; last_login_at: string | null; created_at: string | null; updated_at: string | null }[] }
    'private.my_speaking_sessions': { input: Record<never, never>; rows: { my_speaking_sessions: string }[] }
    'private.my_spoken_scenarios': { input: Record<never, never>; rows: { my_spoken_scenarios: string }[] }
    'private.my_subscriptions': { input: Record<never, never>; rows: { id: string | null; user_agent: string | null; made_at: string | null; last_ok_at: string | null; failures: number | null; this_one: boolean | null }[] }
    'private.my_unread': { input: Record<never, never>; rows: { conversation_id: number | null; unread: number | null }[] }
    'private.my_watched_sessions': { input: { session?: string | undefined }; rows: { id: string | null; version: number | null; host_name: string | null; guest_name: string | null; candidate: string | null; agreed: boolean | null; starts_at: string | null; minutes: number | null; type: string | null; format: string | null; room_url: string | null; cancelled_at: string | null; ended_at: string | null; round: number | null; phase: string | null; plan: unknown | null; reading_at: string | null; running_at: string | null; marking_at: string | null; feedback_at: string | null; paused_at: string | null; now: string | null }[] }
    'private.my_wishes': { input: Record<never, never>; rows: { id: string | null; since: string | null; until: string | null; minutes: number | null; type: string | null; format: string | null; level: string | null }[] }
    'private.nearest_offers': { input: { session: string | null; most?: number | undefined }; rows: { id: string | null; version: number | null; starts_at: string | null; minutes: number | null; type: string | null; format: string | null; level: string | null; note: string | null; host_id: string | null; first_name: string | null; last_name: string | null; avatar: string | null }[] }
    'private.next_phase': { input: { room: string | null; version: number | null; phase: number | null }; returns: void }
    'private.next_round': { input: { session: string | null; version: number | null; case_id?: string | undefined }; returns: number }
    'private.note_absence': { input: { session: string | null; version: number | null }; returns: void }
    'private.note_on_case': { input: { case_id: string | null; words: string | null }; returns: void }
    'private.notes_on_case': { input: { case_id: string | null }; rows: { id: string | null; edition: number | null; name: string | null; part: string | null; mine: boolean | null; words: string | null; written_at: string | null }[] }
    'private.observers_of': { input: { session: string | null }; rows: { id: string | null; name: string | null; avatar: string | null; invited_by: string | null; asked_at: string | null; agreed: boolean | null }[] }
    'private.offer_for_me': { input: { session: string | null }; rows: { id: string | null; version: number | null; starts_at: string | null; minutes: number | null; type: string | null; format: string | null; level: string | null; note: string | null; host_id: string | null; first_name: string | null; last_name: string | null; avatar: string | null }[] }
    'private.offer_session': { input: { on_date: string | null; at_time: string | null; minutes: number | null; type: string | null; format: string | null; level?: string | undefined; note?: string | undefined; case_id?: string | undefined; as_candidate?: boolean | undefined }; returns: string }
    'private.offered_slots': { input: { mentor: string | null; since: string | null; until: string | null; minutes: number | null }; rows: { starts_at: string | null; ends_at: string | null }[] }
    'private.offers_for_me': { input: { since?: string | undefined; until?: string | undefined; after?: string | undefined; only_type?: string | undefined; only_format?: string | undefined; only_level?: string | undefined; most?: number | undefined }; rows: { id: string | null; version: number | null; starts_at: string | null; minutes: number | null; type: string | null; format: string | null; level: string | null; note: string | null; host_id: string | null; first_name: string | null; last_name: string | null; avatar: string | null }[] }
    'private.offers_for_my_wishes': { input: Record<never, never>; rows: { wish_id: string | null; id: string | null; version: number | null; starts_at: string | null; minutes: number | null; type: string | null; format: string | null; level: string | null; note: string | null; host_id: string | null; first_name: string | null; last_name: string | null; avatar: string | null }[] }
    'private.open_shared': { input: { share: string | null; knowing?: boolean | undefined }; rows: { condition: string | null; checklist: unknown | null; words: string | null }[] }
    'private.other_zones': { input: { sessions: (string)[] | null }; rows: { session_id: string | null; zone: string | null }[] }
    'private.others_are_free': { input: { meeting: string | null; within: string | null }; returns: boolean }
    'private.points_this_week': { input: Record<never, never>; rows: { user_id: string | null; points: number | null }[] }
    'private.practise_alone': { input: { type: string | null; format: string | null; case_id?: string | undefined }; returns: string }
    'private.practised_in': { input: { group_id: string | null }; rows: { assignment: string | null; person_id: string | null; practised_at: string | null }[] }
    'private.publish_case': { input: { case_id: string | null; edition: number | null; reason: string | null }; returns: void }
    'private.published_cases': { input: { search?: string | undefined; only_category?: string | undefined; only_domain?: string | undefined; only_level?: string | undefined; only_format?: string | undefined; after_name?: string | undefined; after?: string | undefined; most?: number | undefined; only_new?: boolean | undefined; only_reviewed?: boolean | undefined }; rows: { id: string | null; case_name: string | null; category: string | null; domain: string | null; level: string | null; formats: (string)[] | null; content_note: string | null; author: string | null; name_key: string | null; named_as: string | null; signed_on: string | null; review_by: string | null; opened: boolean | null }[] }
    'private.read_audit': { input: { act?: string | undefined; person?: string | undefined; before?: number | undefined; most?: number | undefined }; rows: { id: number | null; at: string | null; actor: string | null; actor_name: string | null; role: string | null; action: string | null; subject_kind: string | null; subject_id: string | null; subject_name: string | null; reason: string | null; details: unknown | null }[] }
    'private.read_case': { input: { case_id: string | null }; rows: { id: string | null; edition: number | null; category: string | null; condition: string | null; case_name: string | null; domain: string | null; candidate_brief: string | null; actor_brief: string | null; markscheme: string | null; checklist: unknown | null; published_at: string | null }[] }
    'private.read_group_link': { input: { link_hash: Buffer | null }; rows: { id: string | null; name: string | null; words: string | null; teacher_first_name: string | null; teacher_last_name: string | null; people: number | null; part: string | null }[] }
    'private.read_invitation': { input: { token_hash: Buffer | null }; rows: { role: string | null; bound: boolean | null; expires_at: string | null }[] }
    'private.read_observer_link': { input: { link_hash: Buffer | null }; rows: { id: string | null; host_name: string | null; guest_name: string | null; invited_by: string | null; starts_at: string | null; minutes: number | null; type: string | null; format: string | null; part: string | null }[] }
    'private.read_room': { input: { room: string | null }; returns: unknown }
    'private.read_up_to': { input: { conversation: number | null; seq: number | null }; returns: void }
    'private.record_aggregates': { input: { aggregates: unknown | null }; returns: number }
    'private.record_readings': { input: { readings: unknown | null }; returns: number }
    'private.refuse': { input: { name: string | null }; returns: void }
    'private.reject_verification': { input: { request: number | null; answer: string | null; reason: string | null }; returns: void }
    'private.release_file': { input: { file: string | null }; returns: void }
    'private.remove_file': { input: { file: string | null }; returns: void }
    'private.remove_member': { input: { group_id: string | null; person: string | null }; returns: void }
    'private.remove_observer': { input: { session: string | null; person: string | null }; returns: void }
    'private.rename_me': { input: { name: string | null }; returns: void }
    'private.replace_cv': { input: { file: string | null }; returns: string }
    'private.report': { input: { subject_kind: string | null; subject_id: string | null; kind: string | null; words: string | null; context: unknown | null; person?: string | undefined }; returns: string }
    'private.reports_to_work': { input: { those: string | null }; rows: { id: string | null; reporter_id: string | null; reported_id: string | null; subject_kind: string | null; subject_id: string | null; kind: string | null; words: string | null; context: unknown | null; state: string | null; taken_by: string | null; decision: string | null; reason: string | null; reported_at: string | null; closed_at: string | null }[] }
    'private.resume_clock': { input: { room: string | null; version: number | null }; returns: void }
    'private.resume_round': { input: { session: string | null; version: number | null }; returns: number }
    'private.retry_job': { input: { letter: string | null }; returns: void }
    'private.review_booking': { input: { booking: string | null; rating: number | null; feedback?: string | undefined; is_public?: boolean | undefined }; returns: string }
    'private.reviewed_cases': { input: Record<never, never>; rows: { case_id: string | null; named_as: string | null; signed_on: string | null; review_by: string | null }[] }
    'private.revoke_invitation': { input: { invitation: string | null; reason: string | null }; returns: void }
    'private.sample_close_room': { input: { room: string | null }; returns: void }
    'private.sample_leave': { input: { talk: string | null; person: string | null }; returns: void }
    'private.sample_remove_seat': { input: { room: string | null; person: string | null }; returns: void }
    'private.sample_room': { input: { seats: unknown | null; opens: string | null; closes: string | null; most: number | null; plan?: unknown | undefined }; returns: string }
    'private.sample_say': { input: { talk: string | null; client_id: string | null; words: string | null }; returns: boolean }
    'private.sample_talk': { input: { people: (string)[] | null }; returns: string }
    'private.score_domain': { input: { session: string | null; round: number | null; domain: string | null; points: number | null }; returns: void }
    'private.see_person': { input: { person: string | null; reason: string | null }; rows: { id: string | null; email: string | null; name: string | null; zone: string | null; confirmed_at: string | null; created_at: string | null; last_sign_in_at: string | null; suspended_at: string | null; administrator: boolean | null; second_factors: number | null; sessions: unknown | null }[] }
    'private.see_result': { input: { session: string | null; round: number | null }; rows: { session_id: string | null; number: number | null; case_id: string | null; case_name: string | null; category: string | null; domain: string | null; type: string | null; format: string | null; role: string | null; reached: string | null; began_at: string | null; ended_at: string | null; with_id: string | null; with_name: string | null; with_avatar: string | null; condition: string | null; markscheme: string | null; checklist: unknown | null; marks: boolean | null; scores: unknown | null; rating: number | null; words: string | null; submitted_at: string | null; mine: unknown | null; theirs: unknown | null; write_until: string | null }[] }
    'private.see_sheet': { input: { session: string | null; round?: number | undefined }; rows: { number: number | null; checklist: unknown | null; marks: boolean | null; scores: unknown | null; rating: number | null; words: string | null; submitted_at: string | null }[] }
    'private.send_message': { input: { conversation: number | null; client_id: string | null; body: string | null; files?: (string)[] | undefined }; returns: { id: number | null; seq: number | null; created_at: string | null } }
    'private.set_group_link': { input: { group_id: string | null; link_id?: string | undefined; link_hash?: Buffer | undefined }; returns: void }
    'private.share_result': { input: { session: string | null; round: number | null; person?: string | undefined; address?: string | undefined }; returns: string }
    'private.shared_with_me': { input: { share?: string | undefined }; rows: { id: string | null; shared_at: string | null; from_id: string | null; from_name: string | null; from_avatar: string | null; session_id: string | null; round: number | null; case_id: string | null; case_name: string | null; category: string | null; content_note: string | null; format: string | null; began_at: string | null; marked_by: string | null; rating: number | null; scores: unknown | null; known: boolean | null }[] }
    'private.shares_of': { input: { session: string | null; round: number | null }; rows: { id: string | null; name: string | null; address: string | null; shared_at: string | null }[] }
    'private.sign_case': { input: { case_id: string | null; edition: number | null; named_as: string | null; review_by: string | null }; returns: void }
    'private.sit_down': { input: { session: string | null; version: number | null }; returns: number }
    'private.still_here': { input: { room: string | null; entry: string | null }; returns: void }
    'private.stop_clock': { input: { room: string | null; version: number | null }; returns: void }
    'private.stop_watching': { input: { session: string | null }; returns: void }
    'private.submit_sheet': { input: { session: string | null; round: number | null; rating: number | null; words?: string | undefined }; returns: void }
    'private.subscribe': { input: { endpoint: string | null }; returns: void }
    'private.suspend': { input: { person: string | null; reason: string | null }; returns: void }
    'private.switch_mentoring': { input: { flag: string | null; is_on: boolean | null; reason: string | null }; returns: void }
    'private.system_state': { input: Record<never, never>; returns: { postgres: string | null; bytes: number | null; connections: number | null; most_connections: number | null; steps: number | null; migrated_at: string | null; jobs_counted_at: string | null; oldest_job_at: string | null; dead_letters: number | null; unsealed: number | null; unsealed_since: string | null; mails_waiting: number | null; mails_failed: number | null; reports_open: number | null; reports_mine: number | null; administrators: unknown | null } }
    'private.take_award_back': { input: { award: string | null; reason: string | null }; returns: void }
    'private.take_back_note': { input: { note: string | null }; returns: void }
    'private.take_back_share': { input: { share: string | null }; returns: void }
    'private.take_back_verification_request': { input: { request: number | null }; returns: void }
    'private.take_invitation': { input: { token_hash: Buffer | null }; returns: void }
    'private.take_report': { input: { report: string | null }; returns: void }
    'private.take_seat': { input: { session: string | null; version: number | null }; returns: number }
    'private.take_setup': { input: { token_hash: Buffer | null }; returns: void }
    'private.tick_item': { input: { session: string | null; round: number | null; item: string | null; ticked?: boolean | undefined }; returns: void }
    'private.try_me': { input: Record<never, never>; returns: void }
    'private.unmake_admin': { input: { person: string | null; reason: string | null }; returns: void }
    'private.unsign_case': { input: { case_id: string | null }; returns: void }
    'private.verifications_to_review': { input: Record<never, never>; rows: { id: number | null; doctor_id: string | null; full_name: string | null; license_number: string | null; register: string | null; certification: string | null; evidence_file_id: string | null; asked_at: string | null }[] }
    'private.verify_audit': { input: { begins: boolean | null }; returns: void }
    'private.verify_doctor': { input: { request: number | null; evidence: string | null; expires_at: string | null; reason: string | null }; returns: void }
    'private.view_record': { input: { patient: string | null; metrics: (string)[] | null; since: string | null; until: string | null; most?: number | undefined }; rows: { kind: string | null; metric_name: string | null; timestamp: string | null; value: number | null; units: string | null; source: string | null; zone_offset: number | null; statistics: unknown | null }[] }
    'private.wait_for_seat': { input: { session: string | null }; returns: void }
    'private.wait_no_longer': { input: { session: string | null }; returns: void }
    'private.want_review': { input: { case_id: string | null; edition: number | null }; returns: void }
    'private.who_calls': { input: Record<never, never>; returns: string }
    'private.whom_to_show': { input: Record<never, never>; rows: { id: string | null; name: string | null; avatar: string | null; teaches: boolean | null }[] }
    'private.wish_for_a_partner': { input: { since: string | null; until: string | null; minutes: number | null; type: string | null; format?: string | undefined; level?: string | undefined }; returns: string }
    'private.withdraw_assignment': { input: { assignment: string | null }; returns: void }
    'private.withdraw_case': { input: { case_id: string | null; reason: string | null }; returns: void }
    'private.withdraw_session': { input: { session: string | null; version: number | null }; returns: void }
    'private.withdraw_wish': { input: { wish: string | null }; returns: void }
    'private.write_case': { input: { case_id: string | null; edition: number | null; file: unknown | null }; returns: { id: string | null; is_edition: number | null } }
    'private.write_remark': { input: { session: string | null; round: number | null; words?: string | undefined; rating?: number | undefined }; returns: void }
  }
  interface ServiceFunctions {
    'private.answer_given': { input: { key: string | null }; rows: { fingerprint: string | null; body: string | null }[] }
    'private.answer_is': { input: { key: string | null; body: string | null }; returns: void }
    'private.answer_once': { input: { key: string | null; fingerprint: string | null }; returns: void }
    'private.attempt': { input: { what: string | null; whom: string | null; burst: number | null; every: string | null }; returns: number }
    'private.audit': { input: { action: string | null; subject_kind: string | null; subject_id: string | null; reason?: string | undefined; details?: unknown | undefined }; returns: void }
    'private.audit_for': { input: { actor: string | null; action: string | null; subject_kind: string | null; subject_id: string | null; reason?: string | undefined; details?: unknown | undefined }; returns: void }
    'private.cases_written_by': { input: { person: string | null }; rows: { case_id: string | null; since: string | null; file: unknown | null }[] }
    'private.close_rooms': { input: { most: number | null }; returns: number }
    'private.coming_reminders': { input: Record<never, never>; rows: { meeting_id: string | null; person_id: string | null; kind: string | null; starts_at: string | null; since: string | null; lead: number | null; quiet_from: string | null; quiet_until: string | null; zone: string | null }[] }
    'private.digests_due': { input: { at: string | null }; rows: { person: string | null; day: string | null }[] }
    'private.end_expired_verifications': { input: Record<never, never>; returns: number }
    'private.enqueue': { input: { name: string | null; data: unknown | null; start_after?: string | undefined; once?: string | undefined }; returns: void }
    'private.erase_care': { input: { person: string | null }; returns: void }
    'private.erase_files': { input: { person: string | null }; rows: { erase_files: string }[] }
    'private.erase_for_operator': { input: { person: string | null }; returns: string }
    'private.erase_interviews': { input: { person: string | null }; returns: void }
    'private.erase_live': { input: { person: string | null }; returns: void }
    'private.erase_mail': { input: { person: string | null }; returns: void }
    'private.erase_mentoring': { input: { person: string | null }; returns: void }
    'private.erase_practice': { input: { person: string | null }; returns: void }
    'private.erase_practice_attendance': { input: { person: string | null }; returns: void }
    'private.erase_practice_groups': { input: { person: string | null }; returns: void }
    'private.erase_practice_observers': { input: { person: string | null }; returns: void }
    'private.erase_readings': { input: { person: string | null; most: number | null }; returns: number }
    'private.erase_rooms': { input: { person: string | null }; returns: void }
    'private.erase_safety': { input: { person: string | null }; returns: void }
    'private.erase_scheduling': { input: { person: string | null }; returns: void }
    'private.erase_speaking': { input: { person: string | null }; returns: void }
    'private.finish_upload': { input: { file: string | null; name: string | null; mime: string | null; size: number | null; sha256: string | null; object_path: string | null }; returns: void }
    'private.forget_answers': { input: { person: string | null }; returns: void }
    'private.forget_case_notes': { input: { person: string | null }; returns: void }
    'private.forget_remarks': { input: { person: string | null }; returns: void }
    'private.forget_shares': { input: { person: string | null }; returns: void }
    'private.forget_wishes': { input: { person: string | null }; returns: void }
    'private.go_on_erasing': { input: { deletion: string | null }; returns: { person: string | null; wait_seconds: number | null } }
    'private.hand_on': { input: { notice: string | null }; returns: void }
    'private.is_admin': { input: Record<never, never>; returns: boolean }
    'private.is_quiet': { input: { person: string | null; at: string | null }; returns: boolean }
    'private.keep_file': { input: { id: string | null; owner: string | null; purpose: string | null; name: string | null; mime: string | null; size: number | null; sha256: string | null; object_path: string | null; expires_at: string | null }; returns: void }
    'private.may_join': { input: { address: string | null; invitation?: Buffer | undefined; set_up?: Buffer | undefined }; returns: void }
    'private.my_blocked': { input: Record<never, never>; rows: { my_blocked: string }[] }
    'private.note_cv_text': { input: { cv: string | null; words: string | null }; returns: void }
    'private.note_feed': { input: { token_hash: Buffer | null }; returns: void }
    'private.note_invitation': { input: { meeting: string | null; person: string | null }; rows: { kind: string | null; starts_at: string | null; ends_at: string | null; sequence: number | null; changed_at: string | null; off: boolean | null; again: boolean | null; address: string | null }[] }
    'private.note_jobs': { input: { jobs: unknown | null }; returns: void }
    'private.note_lost_files': { input: { looked_for: (string)[] | null; missing: (string)[] | null }; rows: { note_lost_files: string }[] }
    'private.note_poke': { input: { subscription: string | null; reasons: number | null; became: string | null }; returns: void }
    'private.note_reminder': { input: { meeting: string | null; person: string | null; lead: number | null; starts_at: string | null }; returns: boolean }
    'private.notify': { input: { person: string | null; kind: string | null; title: string | null; body?: string | undefined; leads_to?: string | undefined; urgency?: string | undefined }; returns: void }
    'private.offer_setup': { input: { token_hash: Buffer | null }; returns: boolean }
    'private.person_of_feed': { input: { token_hash: Buffer | null }; returns: string }
    'private.points_this_week': { input: Record<never, never>; rows: { user_id: string | null; points: number | null }[] }
    'private.quiet_until': { input: { person: string | null; at: string | null }; returns: string }
    'private.readings_follow_address': { input: { person: string | null; most: number | null }; returns: number }
    'private.refuse': { input: { name: string | null }; returns: void }
    'private.release_file': { input: { file: string | null }; returns: void }
    'private.reviewed_cases': { input: Record<never, never>; rows: { case_id: string | null; named_as: string | null; signed_on: string | null; review_by: string | null }[] }
    'private.scanned': { input: { file: string | null; clean: boolean | null }; returns: void }
    'private.sweep_events': { input: { most: number | null }; returns: number }
    'private.sweep_files': { input: { most: number | null }; rows: { sweep_files: string }[] }
    'private.sweep_practice': { input: { most: number | null }; returns: number }
    'private.sweep_rooms': { input: { most: number | null }; returns: number }
    'private.sweep_scheduling': { input: { most: number | null }; returns: number }
    'private.sweep_waits': { input: Record<never, never>; returns: void }
    'private.take_digest': { input: { person: string | null; day: string | null }; rows: { title: string | null; leads_to: string | null; made_at: string | null }[] }
    'private.take_invitation_for': { input: { token_hash: Buffer | null; person: string | null }; returns: void }
    'private.take_poke': { input: { subscription: string | null }; rows: { endpoint: string | null; urgency: string | null; reasons: number | null; seconds: number | null }[] }
    'private.take_queued': { input: { most: number | null }; rows: { id: number | null; name: string | null; data: unknown | null; start_after: string | null; once: string | null }[] }
    'private.take_setup_for': { input: { token_hash: Buffer | null; person: string | null }; returns: void }
    'private.tell': { input: { person: string | null; kind: string | null; title: string | null; body?: string | undefined; leads_to?: string | undefined }; returns: void }
    'private.tend_wishes': { input: { most: number | null }; returns: number }
    'private.write_mail': { input: { id: string | null; kind: string | null; mandatory: boolean | null; subject: string | null; text: string | null; html: string | null; person?: string | undefined; address?: string | undefined; calendar?: string | undefined }; returns: boolean }
  }
}
