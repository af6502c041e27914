import * as z from 'zod/mini'
import { nothing, operation } from '#platform/operations/operation.ts'
import { at, day, id, version } from './values.ts'

// For those who write and check cases

export const listMyCases = operation({
  method: 'GET',
  path: '/practice/cases/mine',
  summary: 'The cases that I wrote or am asked to check, drafts too',
  output: z.object({
    items: z.array(
      z.object({
        id,
        case_name: z.string(),
        category: z.string(),
        domain: z.string(),
        edition: z.int(),
        published_at: z.nullable(at),
        part: z.enum(['author', 'reviewer']),
        since: at,
        /** Whether I have signed this edition. */
        signed: z.boolean(),
        /** Since when its authors wish that somebody checks it. */
        review_wanted_at: z.nullable(at),
        /** Whether somebody's signature of this edition holds today. */
        reviewed: z.boolean(),
      }),
    ),
  }),
})

export const readCase = operation({
  method: 'GET',
  path: '/practice/cases/:id/whole',
  summary: 'All that a case says, for its authors and reviewers; not while I am the candidate in it',
  input: z.object({ id }),
  output: z.object({
    id,
    edition: z.int(),
    category: z.string(),
    condition: z.string(),
    case_name: z.string(),
    domain: z.string(),
    candidate_brief: z.string(),
    actor_brief: z.string(),
    markscheme: z.string(),
    checklist: z.array(
      z.object({ id, position: z.int(), domain: z.string(), words: z.string(), weight: z.int(), safety_critical: z.boolean() }),
    ),
    published_at: z.nullable(at),
  }),
  refusals: { not_your_case: 404, not_yet: 403 },
})

export const readCaseInWork = operation({
  method: 'GET',
  path: '/practice/cases/:id/file',
  summary: 'A case as its authors and reviewers have it: the whole file, where it stands, who signed which edition',
  input: z.object({ id }),
  output: z.object({
    id,
    /** Markdown, as it can be sent to somebody and brought back: domains/practice/cases. */
    file: z.string(),
    edition: z.int(),
    published_at: z.nullable(at),
    review_wanted_at: z.nullable(at),
    part: z.enum(['author', 'reviewer']),
    reviewers: z.int(),
    signatures: z.array(
      z.object({
        edition: z.int(),
        named_as: z.string(),
        signed_on: day,
        review_by: day,
        mine: z.boolean(),
        /** For what it says now, and not run out. */
        holds: z.boolean(),
      }),
    ),
  }),
  refusals: { not_your_case: 404, not_yet: 403 },
})

export const listCaseVersions = operation({
  method: 'GET',
  path: '/practice/cases/:id/versions',
  summary: 'What a case said, for its authors and reviewers: each time it was written anew, latest first, fifty at most',
  input: z.object({ id }),
  output: z.object({ items: z.array(z.object({ number: z.int(), edition: z.int(), written_at: at })) }),
  refusals: { not_your_case: 404, not_yet: 403 },
})

export const readCaseVersion = operation({
  method: 'GET',
  path: '/practice/cases/:id/versions/:number',
  summary: 'The file as it was then',
  input: z.object({ id, number: version }),
  output: z.object({ file: z.string() }),
  refusals: { not_your_case: 404, not_yet: 403, no_such_version: 404 },
})

export const listCaseNotes = operation({
  method: 'GET',
  path: '/practice/cases/:id/notes',
  summary: 'What those who write and check a case say to each other about it',
  input: z.object({ id }),
  output: z.object({
    items: z.array(
      z.object({
        id,
        /** The one that it is about. */
        edition: z.int(),
        name: z.string(),
        part: z.enum(['author', 'reviewer']),
        mine: z.boolean(),
        words: z.string(),
        written_at: at,
      }),
    ),
  }),
  refusals: { not_your_case: 404, not_yet: 403 },
})

export const noteOnCase = operation({
  method: 'POST',
  path: '/practice/cases/:id/notes',
  summary: 'Say something about a case to the others who write and check it; they are told that there is something',
  input: z.object({ id, words: z.string().check(z.trim(), z.minLength(1), z.maxLength(2_000)) }),
  output: nothing,
  refusals: { not_your_case: 404, not_yet: 403, too_many_notes: 409 },
  limit: 30,
})

export const takeBackNote = operation({
  method: 'POST',
  path: '/practice/notes/:id/taking-back',
  summary: 'Take back what I said about a case',
  input: z.object({ id }),
  output: nothing,
  refusals: { no_such_note: 404 },
})

// What a case cannot be, in the database's own names.
const unfit = {
  not_a_case: 422,
  no_such_format: 422,
  no_such_domain: 422,
  name_gives_the_case_away: 422,
  note_gives_the_case_away: 422,
  case_name_is_short: 422,
  category_is_short: 422,
  condition_is_named: 422,
  briefs_are_written: 422,
  markscheme_is_written: 422,
  words_are_short: 422,
  weight_is_small: 422,
  rests_on_lines: 422,
  level_is_known: 422,
  formats_are_few: 422,
  content_note_is_short: 422,
  author_is_short: 422,
  file_version_counts_up: 422,
  synonyms_are_few: 422,
} as const
/** The longest text that a case may have is 30,000 letters, of up to four bytes each; the rest is its list. */
const largest = 256 * 1024
const file = z.string().check(z.maxLength(60_000))
/** Each is kept, fifty times: nobody saves twice a second. */
const writes = 120
const because = { id, reason: z.string().check(z.trim(), z.minLength(3), z.maxLength(500)) }
const administered = { administrators_only: 403, reason_needed: 422, reason_names_them: 422, no_such_case: 404 } as const

export const writeCase = operation({
  method: 'POST',
  path: '/practice/cases',
  summary: 'Bring a case as a draft of mine, by its file; nobody else reads it but whom an administrator asks',
  input: z.object({ file }),
  output: z.object({ id, edition: z.int() }),
  refusals: { ...unfit, too_many_drafts: 409 },
  limit: writes,
  largest,
})

export const rewriteCase = operation({
  method: 'PUT',
  path: '/practice/cases/:id',
  summary: 'Rewrite a draft of mine, by its file; the id that the file names does not matter',
  input: z.object({ id, edition: version, file }),
  output: z.object({ edition: z.int() }),
  refusals: { ...unfit, not_your_case: 404, case_is_published: 409, case_has_changed: 409 },
  limit: writes,
  largest,
})

export const discardCase = operation({
  method: 'POST',
  path: '/practice/cases/:id/discarding',
  summary: 'Throw a draft of mine away, for good',
  input: z.object({ id, edition: version }),
  output: nothing,
  refusals: { not_your_case: 404, case_is_published: 409, case_has_changed: 409, case_was_used: 409 },
})

export const wantReview = operation({
  method: 'POST',
  path: '/practice/cases/:id/review-wish',
  summary: 'My draft is ready: somebody please check it',
  input: z.object({ id, edition: version }),
  output: nothing,
  refusals: { not_your_case: 404, case_is_published: 409, case_has_changed: 409 },
})

const asked = {
  ...because,
  /** By account, or by the address of one. */
  person: z.optional(id),
  email: z.optional(z.string().check(z.trim(), z.minLength(3), z.maxLength(320))),
}
const asking = { ...administered, no_such_person: 404, nobody_reviews_their_own_case: 409 } as const

export const askToReview = operation({
  method: 'POST',
  path: '/practice/cases/:id/reviewers',
  summary: 'Ask somebody to check a case; for administrators, on record',
  input: z.object(asked),
  output: nothing,
  refusals: asking,
})

export const askToWrite = operation({
  method: 'POST',
  path: '/practice/cases/:id/authors',
  summary: 'Ask somebody to write a case, beside those who do; for administrators, on record',
  input: z.object(asked),
  output: nothing,
  refusals: asking,
})

export const signCase = operation({
  method: 'POST',
  path: '/practice/cases/:id/signatures',
  summary: 'Sign the edition of a case that I have checked, by the name that will stand beside it, until a date',
  input: z.object({
    id,
    edition: version,
    named_as: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
    review_by: day,
  }),
  output: nothing,
  refusals: {
    not_your_case: 404,
    nobody_reviews_their_own_case: 409,
    case_has_changed: 409,
    case_is_signed_already: 409,
    review_is_due_within_three_years: 422,
  },
})

export const unsignCase = operation({
  method: 'POST',
  path: '/practice/cases/:id/signatures/taking-back',
  summary: 'Take back my signature of what a case says now; those who write it and who administrate are told',
  input: z.object({ id }),
  output: nothing,
  refusals: { not_signed_by_you: 409 },
})

export const publishCase = operation({
  method: 'POST',
  path: '/practice/cases/:id/publication',
  summary: 'Let an edition that a clinician has signed be played by everybody; for administrators, on record',
  input: z.object({ ...because, edition: version }),
  output: nothing,
  refusals: { ...administered, case_has_changed: 409, case_is_not_reviewed: 409 },
})

export const withdrawCase = operation({
  method: 'POST',
  path: '/practice/cases/:id/withdrawal',
  summary: 'Take a case out of the library; what has begun with it goes on. For administrators, on record',
  input: z.object(because),
  output: nothing,
  refusals: administered,
})

export const listCasesToSeeTo = operation({
  method: 'GET',
  path: '/practice/cases/desk',
  summary: 'Drafts, and cases whose signature runs out within sixty days; what waits longest first. For administrators',
  output: z.object({
    items: z.array(
      z.object({
        id,
        case_name: z.string(),
        category: z.string(),
        edition: z.int(),
        /** signed: to be published; wanted: its authors wish a review; lapses: played, and due to be signed anew; draft: being written. */
        state: z.enum(['signed', 'wanted', 'lapses', 'draft']),
        since: z.nullable(at),
        authors: z.array(z.string()),
        reviewers: z.array(z.string()),
        named_as: z.nullable(z.string()),
        review_by: z.nullable(day),
      }),
    ),
  }),
  refusals: { administrators_only: 403 },
})
