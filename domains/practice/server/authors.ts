import type * as z from 'zod/mini'
import { handle } from '#platform/operations/handle.ts'
import { type CaseFile, NotACase, parseCase, printCase } from '../cases/case-file.ts'
import * as api from '../api.ts'

/** Those who write cases and those who check them, apart from any session. */
export const authors = [
  handle(api.listMyCases, async ({ db }) => ({
    items: (await db.rows('private.my_cases', {})) as z.input<typeof api.listMyCases.output>['items'],
  })),

  handle(api.readCase, async ({ input, db }) => {
    const [found] = await db.rows('private.read_case', { case_id: input.id })
    return found as z.input<typeof api.readCase.output>
  }),

  handle(api.readCaseInWork, async ({ input, db }) => {
    const [found] = await db.rows('private.case_in_work', { case_id: input.id })
    const { file, ...stands } = found!
    return { ...stands, file: printCase(file as CaseFile) } as z.input<typeof api.readCaseInWork.output>
  }),

  handle(api.listCaseVersions, async ({ input, db }) => ({
    items: (await db.rows('private.case_versions', { case_id: input.id })) as z.input<typeof api.listCaseVersions.output>['items'],
  })),

  handle(api.readCaseVersion, async ({ input: { id: case_id, number }, db }) => ({
    file: printCase((await db.call('private.case_version', { case_id, number })) as CaseFile),
  })),

  handle(api.listCaseNotes, async ({ input, db }) => ({
    items: (await db.rows('private.notes_on_case', { case_id: input.id })) as z.input<typeof api.listCaseNotes.output>['items'],
  })),

  handle(api.noteOnCase, async ({ input: { id: case_id, words }, db }) => {
    await db.call('private.note_on_case', { case_id, words })
    return {}
  }),

  handle(api.takeBackNote, async ({ input, db }) => {
    await db.call('private.take_back_note', { note: input.id })
    return {}
  }),

  handle(api.writeCase, async ({ input, db, refuse }) => {
    const made = await db.call('private.write_case', { case_id: null, edition: null, file: asRow(input.file, refuse) })
    return { id: made.id!, edition: made.is_edition! }
  }),

  handle(api.rewriteCase, async ({ input: { id: case_id, edition, file }, db, refuse }) => {
    const made = await db.call('private.write_case', { case_id, edition, file: asRow(file, refuse) })
    return { edition: made.is_edition! }
  }),

  handle(api.discardCase, async ({ input: { id: case_id, edition }, db }) => {
    await db.call('private.discard_case', { case_id, edition })
    return {}
  }),

  handle(api.wantReview, async ({ input: { id: case_id, edition }, db }) => {
    await db.call('private.want_review', { case_id, edition })
    return {}
  }),

  handle(api.askToReview, async ({ input, db }) => {
    await db.call('private.ask_for_case', asked('reviewer', input))
    return {}
  }),

  handle(api.askToWrite, async ({ input, db }) => {
    await db.call('private.ask_for_case', asked('author', input))
    return {}
  }),

  handle(api.signCase, async ({ input: { id: case_id, ...signature }, db, refuse }) => {
    if (signature.review_by < firstYear) return refuse('review_is_due_within_three_years') // a year 0 is none to PostgreSQL
    await db.call('private.sign_case', { case_id, ...signature })
    return {}
  }),

  handle(api.unsignCase, async ({ input, db }) => {
    await db.call('private.unsign_case', { case_id: input.id })
    return {}
  }),

  handle(api.publishCase, async ({ input: { id: case_id, edition, reason }, db }) => {
    await db.call('private.publish_case', { case_id, edition, reason })
    return {}
  }),

  handle(api.withdrawCase, async ({ input: { id: case_id, reason }, db }) => {
    await db.call('private.withdraw_case', { case_id, reason })
    return {}
  }),

  handle(api.listCasesToSeeTo, async ({ db }) => ({
    items: (await db.rows('private.cases_to_see_to', {})) as z.input<typeof api.listCasesToSeeTo.output>['items'],
  })),
]

const firstYear = '0001'

// The file as the database has it. Its id says where it came from; where it goes, the address says.
function asRow(text: string, refuse: (why: 'not_a_case', more: { detail: string }) => never): string {
  try {
    const { id: _, ...row } = parseCase(text)
    return JSON.stringify(row)
  } catch (error) {
    if (error instanceof NotACase) return refuse('not_a_case', { detail: error.message })
    throw error
  }
}

type Asked = { id: string; reason: string; person?: string | undefined; email?: string | undefined }
const asked = (part: 'author' | 'reviewer', { id: case_id, reason, person, email }: Asked) => ({
  case_id,
  part,
  reason,
  ...(person && { person }),
  ...(email && { address: email }),
})
