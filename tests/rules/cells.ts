import type { Cast } from '#platform/demo/cast.ts'

// Which rows each may reach, written by hand in the `tests/cells.ts` of the folder whose migration makes the table, and never
// printed from a database: the policy is one hand, this is the other. `tests/matrix.test.ts` derives every cell from it:
// table × person × verb × how the row stands to them. What is not said here must be denied; what is said must work.
//
//   'safety.blocks': {
//     stands: { own: 'blocker_id = :me' },                     // else the row is foreign: also to the one who is blocked
//     person: {
//       select: ['own'],
//       delete: ['own'],
//       insert: [{ as: 'jonas', makes: 'own', sql: 'insert into safety.blocks (blocked_id) values (:mei)' }],
//     },
//   },
//   'care.messages': {
//     stands: {
//       own: 'sender_id = :me',
//       blocked: 'exists (select from safety.blocks where … = :me …)',
//       shared: 'conversation_id in (select id from care.conversations where :me in (patient_id, doctor_id))',
//     },
//     person: { select: ['own', 'shared'] },
//   },
//   'practice.cases': { stands: { shared: `state = 'published'` }, anon: { select: ['shared'] }, person: { select: ['shared'] } },
//   'jobs.queued': { stands: {} },                             // foreign to everybody: only the server reaches it
//
// The rows are those of the demo world, all parts of it, in which Hana has blocked Robin; and what `scene` adds.
export type Cells = Record<string, TableCells>

export type TableCells = {
  /**
   * How a row stands to the person `:me`, as SQL conditions over the row, each with the table's columns in scope (`id`, or
   * `messages.id` inside a subquery). The first that holds counts, in the order written; if none does, the row is foreign.
   * They are asked as the owner, whom no policy holds, so they may look anywhere: write them from the README, not from the
   * policy, and call none of its helpers. For a stranger (anon) `:me` is null; one of the cast is `:amara`, `:jonas` ….
   * Each relation needs a row in which somebody of the cast stands so, and so does `foreign`, unless the last condition is
   * 'true': else "no row to prove it".
   */
  stands: Partial<Record<Exclude<Relation, 'foreign'>, string>>
  /** What people signed in may do, each of the cast and an account that is gone; an administrator is one of them (Ruth). */
  person?: Reach
  /** What strangers may do. */
  anon?: Reach
  /**
   * What the server may do follows from `tests/rules.ts` beside: the verbs granted there, and every row. Only the statement
   * by which it inserts a row (as `:ruth` …) must be said, if it may insert.
   */
  service?: Pick<Reach, 'set'> & { insert?: string }
  /** Rows by which the owner completes the demo world: what has no place in it (a token, a secret), or nobody to show it to. Many statements are fine. */
  scene?: string
  /** Constraints and indexes by which a person learns that there is a row they do not see (`tests/leaks.ts`), each with the reason why that is well. */
  tells?: Record<string, string>
  /** Indexes that no filter of a person's can use under the policies (`tests/leaks.ts`), each with the reason why they are there. */
  unused?: Record<string, string>
  /** Why it is well that a policy asks a subquery of the row (an index finds its answer) for every row that comes so far. */
  asks?: string
  /** Of a view that answers differently to each who asks: the rows it has for all of them, as a query that the owner can ask, with the view's columns. */
  from?: string
}

/**
 * own: the person's; shared: somebody else's (or everybody's), and they have part in it; blocked: they would, had not one blocked the
 * other; foreign: all else. Where a state matters too, it follows after a comma: 'own, closed'. A row has one relation.
 */
export type Relation = Kind | `${Kind}, ${string}`
type Kind = 'own' | 'shared' | 'blocked' | 'foreign'

export type Reach = {
  /** All rows that stand so are seen, and no other row. */
  select?: readonly Relation[]
  /** All rows that stand so can be updated, and no other row. */
  update?: readonly Relation[]
  /** How they are, unless "any granted column to itself" does: `read_at = now()`. */
  set?: string
  delete?: readonly Relation[]
  insert?: readonly Insert[]
}

export type Insert = {
  as: keyof Cast
  /** How the new row stands to them. */
  makes: Relation
  /** One statement that makes one row, in names as in `stands`. The matrix tries the same row in somebody else's name by itself, and that must be refused. */
  sql: string
  /** Statements that must be refused: for lack of a right, or by the name of a constraint or refusal. */
  never?: readonly (string | { sql: string; refusal: string })[]
}
