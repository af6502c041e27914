// Printed from the database and its privileges by `npm run types`. Not to be edited.
export {}

declare module '#platform/database/roles.ts' {
  interface AnonFunctions {
    'private.cancel_deletion': { input: { cancel_hash?: Buffer | undefined }; returns: void }
    'private.read_invitation': { input: { token_hash: Buffer | null }; rows: { role: string | null; bound: boolean | null; expires_at: string | null }[] }
    'private.refuse': { input: { name: string | null }; returns: void }
  }
  interface AuthenticatedFunctions {
    'private.answer_given': { input: { key: string | null }; rows: { fingerprint: string | null; body: string | null }[] }
    'private.answer_is': { input: { key: string | null; body: string | null }; returns: void }
    'private.answer_once': { input: { key: string | null; fingerprint: string | null }; returns: void }
    'private.ask_for_deletion': { input: { id: string | null; cancel_hash: Buffer | null }; returns: string }
    'private.ask_for_export': { input: Record<never, never>; returns: string }
    'private.audit': { input: { action: string | null; subject_kind: string | null; subject_id: string | null; reason?: string | undefined; details?: unknown | undefined }; returns: void }
    'private.begin_upload': { input: { purpose: string | null; name: string | null; length: number | null }; returns: { id: string | null; expires_at: string | null } }
    'private.cancel_deletion': { input: { cancel_hash?: Buffer | undefined }; returns: void }
    'private.change_my_avatar': { input: { file: string | null }; returns: void }
    'private.claim_file': { input: { file: string | null; purpose: string | null }; returns: { name: string | null; mime: string | null; size: number | null; sha256: string | null; object_path: string | null } }
    'private.close_report': { input: { report: string | null; decision: string | null; reason: string | null }; returns: void }
    'private.confirm_address': { input: { person: string | null; reason: string | null }; returns: void }
    'private.download': { input: { file: string | null }; returns: { name: string | null; mime: string | null; size: number | null; sha256: string | null; object_path: string | null } }
    'private.end_my_other_sessions': { input: Record<never, never>; returns: number }
    'private.end_my_session': { input: { session: string | null }; returns: void }
    'private.end_sessions_of': { input: { person: string | null; reason: string | null }; returns: number }
    'private.enqueue': { input: { name: string | null; data: unknown | null; start_after?: string | undefined; once?: string | undefined }; returns: void }
    'private.erase_now': { input: { person: string | null; reason: string | null }; returns: string }
    'private.failed_jobs': { input: Record<never, never>; rows: { id: string | null; name: string | null; code: string | null; attempts: number | null; queued_at: string | null; failed_at: string | null }[] }
    'private.find_people': { input: { search: string | null; reason: string | null }; rows: { id: string | null; email: string | null; name: string | null; confirmed: boolean | null; administrator: boolean | null; suspended: boolean | null; created_at: string | null }[] }
    'private.hand_over': { input: { person: string | null; reason: string | null; to_me: boolean | null }; returns: string }
    'private.invite': { input: { id: string | null; token_hash: Buffer | null; role: string | null; email: string | null; days: number | null; reason: string | null }; returns: void }
    'private.is_admin': { input: Record<never, never>; returns: boolean }
    'private.jobs_at_work': { input: Record<never, never>; returns: { counted_at: string | null; jobs: unknown | null } }
    'private.lift_suspension': { input: { person: string | null; reason: string | null }; returns: void }
    'private.make_admin': { input: { person: string | null; reason: string | null }; returns: void }
    'private.my_account': { input: Record<never, never>; rows: { id: string | null; email: string | null; name: string | null; zone: string | null; avatar_file_id: string | null; administrator: boolean | null; created_at: string | null; erases_at: string | null }[] }
    'private.my_blocked': { input: Record<never, never>; rows: { my_blocked: string }[] }
    'private.my_blocks': { input: Record<never, never>; rows: { person_id: string | null; name: string | null; blocked_at: string | null }[] }
    'private.my_sessions': { input: Record<never, never>; rows: { id: string | null; user_agent: string | null; created_at: string | null; last_used_at: string | null; this_one: boolean | null }[] }
    'private.read_audit': { input: { act?: string | undefined; person?: string | undefined; before?: number | undefined; most?: number | undefined }; rows: { id: number | null; at: string | null; actor: string | null; actor_name: string | null; role: string | null; action: string | null; subject_kind: string | null; subject_id: string | null; subject_name: string | null; reason: string | null; details: unknown | null }[] }
    'private.read_invitation': { input: { token_hash: Buffer | null }; rows: { role: string | null; bound: boolean | null; expires_at: string | null }[] }
    'private.refuse': { input: { name: string | null }; returns: void }
    'private.release_file': { input: { file: string | null }; returns: void }
    'private.remove_file': { input: { file: string | null }; returns: void }
    'private.rename_me': { input: { name: string | null }; returns: void }
    'private.report': { input: { subject_kind: string | null; subject_id: string | null; kind: string | null; words: string | null; context: unknown | null; person?: string | undefined }; returns: string }
    'private.reports_to_work': { input: { those: string | null }; rows: { id: string | null; reporter_id: string | null; reported_id: string | null; subject_kind: string | null; subject_id: string | null; kind: string | null; words: string | null; context: unknown | null; state: string | null; taken_by: string | null; decision: string | null; reason: string | null; reported_at: string | null; closed_at: string | null }[] }
    'private.retry_job': { input: { letter: string | null }; returns: void }
    'private.revoke_invitation': { input: { invitation: string | null; reason: string | null }; returns: void }
    'private.see_person': { input: { person: string | null; reason: string | null }; rows: { id: string | null; email: string | null; name: string | null; zone: string | null; confirmed_at: string | null; created_at: string | null; last_sign_in_at: string | null; suspended_at: string | null; administrator: boolean | null; second_factors: number | null; sessions: unknown | null }[] }
    'private.suspend': { input: { person: string | null; reason: string | null }; returns: void }
    'private.system_state': { input: Record<never, never>; returns: { postgres: string | null; bytes: number | null; connections: number | null; most_connections: number | null; steps: number | null; migrated_at: string | null; jobs_counted_at: string | null; oldest_job_at: string | null; dead_letters: number | null; unsealed: number | null; unsealed_since: string | null; mails_waiting: number | null; mails_failed: number | null; reports_open: number | null; reports_mine: number | null; administrators: unknown | null } }
    'private.take_invitation': { input: { token_hash: Buffer | null }; returns: void }
    'private.take_report': { input: { report: string | null }; returns: void }
    'private.take_setup': { input: { token_hash: Buffer | null }; returns: void }
    'private.unmake_admin': { input: { person: string | null; reason: string | null }; returns: void }
    'private.verify_audit': { input: { begins: boolean | null }; returns: void }
  }
  interface ServiceFunctions {
    'private.answer_given': { input: { key: string | null }; rows: { fingerprint: string | null; body: string | null }[] }
    'private.answer_is': { input: { key: string | null; body: string | null }; returns: void }
    'private.answer_once': { input: { key: string | null; fingerprint: string | null }; returns: void }
    'private.attempt': { input: { what: string | null; whom: string | null; burst: number | null; every: string | null }; returns: number }
    'private.audit': { input: { action: string | null; subject_kind: string | null; subject_id: string | null; reason?: string | undefined; details?: unknown | undefined }; returns: void }
    'private.audit_for': { input: { actor: string | null; action: string | null; subject_kind: string | null; subject_id: string | null; reason?: string | undefined; details?: unknown | undefined }; returns: void }
    'private.enqueue': { input: { name: string | null; data: unknown | null; start_after?: string | undefined; once?: string | undefined }; returns: void }
    'private.erase_files': { input: { person: string | null }; rows: { erase_files: string }[] }
    'private.erase_for_operator': { input: { person: string | null }; returns: string }
    'private.erase_mail': { input: { person: string | null }; returns: void }
    'private.erase_safety': { input: { person: string | null }; returns: void }
    'private.finish_upload': { input: { file: string | null; name: string | null; mime: string | null; size: number | null; sha256: string | null; object_path: string | null }; returns: void }
    'private.forget_answers': { input: { person: string | null }; returns: void }
    'private.go_on_erasing': { input: { deletion: string | null }; returns: { person: string | null; wait_seconds: number | null } }
    'private.is_admin': { input: Record<never, never>; returns: boolean }
    'private.keep_file': { input: { id: string | null; owner: string | null; purpose: string | null; name: string | null; mime: string | null; size: number | null; sha256: string | null; object_path: string | null; expires_at: string | null }; returns: void }
    'private.may_join': { input: { address: string | null; invitation?: Buffer | undefined; set_up?: Buffer | undefined }; returns: void }
    'private.my_blocked': { input: Record<never, never>; rows: { my_blocked: string }[] }
    'private.note_jobs': { input: { jobs: unknown | null }; returns: void }
    'private.note_lost_files': { input: { looked_for: (string)[] | null; missing: (string)[] | null }; rows: { note_lost_files: string }[] }
    'private.offer_setup': { input: { token_hash: Buffer | null }; returns: boolean }
    'private.refuse': { input: { name: string | null }; returns: void }
    'private.release_file': { input: { file: string | null }; returns: void }
    'private.scanned': { input: { file: string | null; clean: boolean | null }; returns: void }
    'private.sweep_files': { input: { most: number | null }; rows: { sweep_files: string }[] }
    'private.take_invitation_for': { input: { token_hash: Buffer | null; person: string | null }; returns: void }
    'private.take_queued': { input: { most: number | null }; rows: { id: number | null; name: string | null; data: unknown | null; start_after: string | null; once: string | null }[] }
    'private.take_setup_for': { input: { token_hash: Buffer | null; person: string | null }; returns: void }
    'private.tell': { input: { person: string | null; kind: string | null; title: string | null; body?: string | undefined; leads_to?: string | undefined }; returns: void }
    'private.write_mail': { input: { id: string | null; kind: string | null; mandatory: boolean | null; subject: string | null; text: string | null; html: string | null; person?: string | undefined; address?: string | undefined }; returns: boolean }
  }
}
