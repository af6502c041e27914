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
    'private.refuse': { input: { name: string | null }; returns: void }
  }
  interface ServiceFunctions {
    'private.answer_given': { input: { key: string | null }; rows: { fingerprint: string | null; body: string | null }[] }
    'private.answer_is': { input: { key: string | null; body: string | null }; returns: void }
    'private.answer_once': { input: { key: string | null; fingerprint: string | null }; returns: void }
    'private.refuse': { input: { name: string | null }; returns: void }
  }
}
