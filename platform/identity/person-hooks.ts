import type { Reader, Tx } from '#platform/database/conversation.ts'

// What a part knows of a person: how to give it to them, how to forget it. The server asks every part, in the order of
// app/domains.ts; the account itself comes last.
export type PersonHooks = {
  /** `<part>`: the name of the file in the export, and of the note that it was erased. */
  name: string
  /** Their rows by what they are, for a reader who knows no database. Nothing that is another person's. */
  export(db: Reader<'service_role'>, userId: string): Promise<Record<string, readonly unknown[]>>
  /** Objects of platform/files that go along. */
  files?(db: Reader<'service_role'>, userId: string): Promise<readonly ExportedFile[]>
  /** Forgets them. Runs again after a failure, and then changes nothing. What must go outside the database goes by a job that rides with the commit. */
  erase(db: Tx<'service_role'>, userId: string): Promise<void>
  /** What stays all the same, and which law or whose right says so. Shown to the person before they leave. */
  keeps?: string
}

export type ExportedFile = { name: string; objectPath: string }
