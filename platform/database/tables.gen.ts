// Printed from the database and its privileges by `npm run types`. Not to be edited.
export {}

declare module '#platform/database/roles.ts' {
  interface AnonFunctions {
    'private.refuse': { input: { name: string | null }; returns: void }
  }
  interface AuthenticatedFunctions {
    'private.answer_given': { input: { key: string | null }; rows: { fingerprint: string | null; body: string | null }[] }
    'private.answer_is': { input: { key: string | null; body: string | null }; returns: void }
    'private.answer_once': { input: { key: string | null; fingerprint: string | null }; returns: void }
    'private.audit': { input: { action: string | null; subject_kind: string | null; subject_id: string | null; reason?: string | undefined; details?: unknown | undefined }; returns: void }
    'private.enqueue': { input: { name: string | null; data: unknown | null; start_after?: string | undefined; once?: string | undefined }; returns: void }
    'private.refuse': { input: { name: string | null }; returns: void }
  }
  interface ServiceFunctions {
    'private.answer_given': { input: { key: string | null }; rows: { fingerprint: string | null; body: string | null }[] }
    'private.answer_is': { input: { key: string | null; body: string | null }; returns: void }
    'private.answer_once': { input: { key: string | null; fingerprint: string | null }; returns: void }
    'private.attempt': { input: { what: string | null; whom: string | null; burst: number | null; every: string | null }; returns: number }
    'private.audit': { input: { action: string | null; subject_kind: string | null; subject_id: string | null; reason?: string | undefined; details?: unknown | undefined }; returns: void }
    'private.audit_for': { input: { actor: string | null; action: string | null; subject_kind: string | null; subject_id: string | null; reason?: string | undefined; details?: unknown | undefined }; returns: void }
    'private.enqueue': { input: { name: string | null; data: unknown | null; start_after?: string | undefined; once?: string | undefined }; returns: void }
    'private.erase_mail': { input: { person: string | null }; returns: void }
    'private.refuse': { input: { name: string | null }; returns: void }
    'private.take_queued': { input: { most: number | null }; rows: { id: number | null; name: string | null; data: unknown | null; start_after: string | null; once: string | null }[] }
    'private.write_mail': { input: { id: string | null; kind: string | null; mandatory: boolean | null; subject: string | null; text: string | null; html: string | null; person?: string | undefined; address?: string | undefined }; returns: boolean }
  }
}
