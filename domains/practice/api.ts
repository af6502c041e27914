import * as z from 'zod/mini'
import { nothing, operation, pageOf, paging } from '#platform/operations/operation.ts'

const at = z.iso.datetime()
const day = z.iso.date()
const id = z.uuid()
const version = z.int().check(z.minimum(1), z.maximum(2_147_483_647))
const round = z.int().check(z.minimum(1), z.maximum(2_147_483_647))
const slug = z.string().check(z.minLength(1), z.maxLength(60))
const type = z.enum(['mock', 'review'])
const level = z.enum(['any', 'student', 'foundation', 'core', 'higher'])
const text = z.enum(['candidate_brief', 'actor_brief', 'condition', 'markscheme'])
const phase = z.enum(['reading', 'running', 'marking', 'feedback'])
const role = z.enum(['candidate', 'actor', 'alone'])

// What can be practised

export const listFormats = operation({
  method: 'GET',
  path: '/practice/formats',
  summary: 'How stations go: phases, bells, scales',
  who: 'anyone',
  output: z.object({
    items: z.array(
      z.object({
        id: slug,
        name: z.string(),
        words: z.string(),
        /** The global rating, from worst to best. */
        rating: z.array(z.string()),
        /** In their order; a phase that is left out is not in here. Without seconds it lasts until somebody goes on. */
        phases: z.array(z.object({ phase, seconds: z.nullable(z.int()), bells: z.array(z.int()) })),
        scales: z.array(z.object({ domain: z.string(), points: z.array(z.string()) })),
      }),
    ),
  }),
})

export const listDomains = operation({
  method: 'GET',
  path: '/practice/domains',
  summary: 'The skills that cases exercise and sheets rate',
  who: 'anyone',
  output: z.object({ items: z.array(z.object({ key: z.string(), name: z.string() })) }),
})

/** Null: not clinically reviewed. */
const Review = z.nullable(z.object({ named_as: z.string(), signed_on: day, review_by: day }))

export const listCases = operation({
  method: 'GET',
  path: '/practice/cases',
  summary: 'The library, by name: every word of the search is somewhere in the name',
  who: 'anyone',
  input: z.object({
    ...paging,
    search: z._default(z.string().check(z.maxLength(80)), ''),
    category: z.optional(z.string().check(z.maxLength(60))),
    domain: z.optional(z.string().check(z.maxLength(30))),
    /** With the cases for any level. */
    level: z.optional(level),
    /** With the cases for any format. */
    format: z.optional(slug),
  }),
  output: pageOf(
    z.object({
      id,
      case_name: z.string(),
      category: z.string(),
      domain: z.string(),
      level,
      /** None: any. */
      formats: z.array(z.string()),
      /** What may distress, without saying what it is about. */
      content_note: z.string(),
      author: z.string(),
      review: Review,
    }),
  ),
  limit: 240, // a letter typed is a call
})

export const listCategories = operation({
  method: 'GET',
  path: '/practice/categories',
  summary: 'The categories of the library, and how many cases each has',
  who: 'anyone',
  output: z.object({ items: z.array(z.object({ category: z.string(), cases: z.int() })) }),
})

// How I appear

const name = z.string().check(z.trim(), z.maxLength(60))
const Profile = z.object({ first_name: z.string(), last_name: z.string(), training_level: z.string(), avatar: z.nullable(z.string()) })

export const readProfile = operation({
  method: 'GET',
  path: '/practice/profile',
  summary: 'How I appear to others here; nothing yet, where I have never said',
  output: z.object({ profile: z.nullable(Profile) }),
})

export const appear = operation({
  method: 'PUT',
  path: '/practice/profile',
  summary: 'Say how I appear to others here. Only I see what I am training for',
  input: z.object({
    first_name: name,
    last_name: z._default(name, ''),
    training_level: name,
    avatar: z._default(z.nullable(z.string().check(z.maxLength(300))), null),
  }),
  output: nothing,
  refusals: { name_is_given: 422, avatar_is_ours: 422 },
})

// Who looks for somebody

const wanted = {
  ...paging,
  type: z.optional(type),
  format: z.optional(slug),
  level: z.optional(level),
  /** Of that day, from its first to its last minute on somebody's wall in that zone. */
  day: z.optional(day),
  zone: z._default(z.string().check(z.maxLength(64)), 'UTC'),
}

// A list that strangers read: what is not in here does not leave the server.
export const listOpenSeats = operation({
  method: 'GET',
  path: '/practice/open-seats',
  summary: 'Sessions whose seat is free, for whoever has no account: date and time (UTC), type, format, level and a first name',
  who: 'anyone',
  input: z.object(wanted),
  output: pageOf(z.object({ id, date: day, time: z.string(), type, format: slug, level, first_name: z.string() })),
  refusals: { no_such_zone: 422 },
  limit: 120,
})

const ofASession = {
  id,
  version,
  starts_at: at,
  minutes: z.int(),
  type,
  format: slug,
  level,
  note: z.string(),
}

export const Offer = z.object({
  ...ofASession,
  host: z.object({ id, name: z.string(), avatar: z.nullable(z.string()) }),
})

export const listOffers = operation({
  method: 'GET',
  path: '/practice/offers',
  summary: 'Sessions of others whose seat is free, by time; without those of anybody I am kept from',
  input: z.object(wanted),
  output: pageOf(Offer),
  refusals: { no_such_zone: 422 },
})

export const readOffer = operation({
  method: 'GET',
  path: '/practice/offers/:id',
  summary: 'One session whose seat is free, by its address',
  input: z.object({ id }),
  output: Offer,
  refusals: { session_not_found: 404 },
})

const seen = { id, version }
const changed = z.object({ version })
const held = { session_not_found: 404, session_is_cancelled: 409, session_has_ended: 409, session_has_changed: 409 } as const
const timed = { starts_in_the_past: 422, too_far_ahead: 422, you_are_busy: 409, no_such_format: 422 } as const
const planned = {
  starts_at: at,
  minutes: z.int().check(z.minimum(5), z.maximum(240)),
  type,
  format: slug,
  level: z._default(level, 'any'),
  note: z._default(z.string().check(z.maxLength(500)), ''),
}

export const offerSession = operation({
  method: 'POST',
  path: '/practice/offers',
  summary: 'Offer a session; my time is claimed. Without a case it is a surprise; the roles stay open unless I want to be the candidate',
  input: z.object({ ...planned, case_id: z._default(z.nullable(id), null), as_candidate: z._default(z.boolean(), false) }),
  output: z.object({ id, version }),
  refusals: { ...timed, no_profile_yet: 409, no_such_case: 422, candidate_knows_the_case: 409 },
  limit: 20, // nobody plans more in a minute; a program that did would bury everybody else's offers
})

export const changeOffer = operation({
  method: 'PUT',
  path: '/practice/offers/:id',
  summary: 'Change my offer, as long as nobody sits in it',
  input: z.object({ ...seen, ...planned }),
  output: changed,
  refusals: { ...held, ...timed, host_only: 403, session_has_begun: 409, guest_is_seated: 409 },
})

export const withdrawOffer = operation({
  method: 'POST',
  path: '/practice/offers/:id/withdrawal',
  summary: 'Withdraw my session. Where somebody sits in it, they are told',
  input: z.object(seen),
  output: nothing,
  refusals: { ...held, host_only: 403, session_has_begun: 409 },
})

export const takeSeat = operation({
  method: 'POST',
  path: '/practice/offers/:id/guest',
  summary: 'Take the seat. `seat_taken` comes with `alternatives`: the offers nearest to it in time at which I am free, as in the list',
  input: z.object(seen),
  output: changed,
  refusals: {
    ...held,
    seat_taken: 409,
    seat_is_yours: 409,
    you_are_the_host: 409,
    no_profile_yet: 409,
    you_are_busy: 409,
    host_is_busy: 409,
  },
  limit: 20, // enough to lose twenty races in a minute, and too few to take seats by program
})

export const leaveSeat = operation({
  method: 'POST',
  path: '/practice/sessions/:id/leaving',
  summary: 'Leave my seat as a guest, in whatever phase; it is free again',
  input: z.object(seen),
  output: nothing,
  refusals: { ...held, not_your_seat: 404 },
})

// My sessions

/** Of somebody one is kept from, or who has left, no name. */
const Seat = z.object({ id, name: z.nullable(z.string()), avatar: z.nullable(z.string()) })
const listed = {
  ...ofASession,
  /** Nobody: I play alone. */
  partner: z.enum(['person', 'nobody']),
  host: Seat,
  /** Null: the seat is free, or there is none. */
  guest: z.nullable(Seat),
  phase: z.enum(['scheduled', 'reading', 'running', 'marking', 'feedback', 'ended']),
  /** The round under way. */
  round: z.nullable(z.int()),
  cancelled_at: z.nullable(at),
  ended_at: z.nullable(at),
}

export const Session = z.object({
  ...listed,
  /** As what I sit there. */
  me: z.enum(['host', 'guest']),
  /** What I play in this round, or will in the next; null while that is open. */
  role: z.nullable(role),
  candidate_id: z.nullable(id),
  case_id: z.nullable(id),
  /** The room's address; null once it is over. */
  room: z.nullable(z.string()),
  /** The round's phases as they were planned when it began, and the instants at which each began or begins; null: somebody will say when. */
  plan: z.nullable(z.record(z.string(), z.object({ seconds: z.nullable(z.int()), bells: z.array(z.int()) }))),
  reading_at: z.nullable(at),
  running_at: z.nullable(at),
  marking_at: z.nullable(at),
  feedback_at: z.nullable(at),
  /** The server's clock when it answered: a browser's counts for nothing. */
  now: at,
})

export const listPracticeSessions = operation({
  method: 'GET',
  path: '/practice/sessions',
  summary: 'Sessions in which I have a seat, latest first',
  input: z.object(paging),
  output: pageOf(z.object(listed)),
})

export const readSession = operation({
  method: 'GET',
  path: '/practice/sessions/:id',
  summary: 'A session in which I have a seat, with its room, roles and clock',
  input: z.object({ id }),
  output: Session,
  refusals: { session_not_found: 404 },
})

export const chooseRoles = operation({
  method: 'PUT',
  path: '/practice/sessions/:id/roles',
  summary: 'Say which of the two is the candidate; null leaves it open',
  input: z.object({ ...seen, candidate_id: z.nullable(id) }),
  output: changed,
  refusals: { ...held, candidate_has_a_seat: 422, phase_out_of_order: 409 },
})

const ofTheCase = { no_such_case: 422, case_already_opened: 409, candidate_knows_the_case: 409 } as const

export const chooseCase = operation({
  method: 'PUT',
  path: '/practice/sessions/:id/case',
  summary: 'Say which case comes next; null is a surprise',
  input: z.object({ ...seen, case_id: z.nullable(id) }),
  output: changed,
  refusals: { ...held, ...ofTheCase, phase_out_of_order: 409 },
})

// The station

export const beginStation = operation({
  method: 'POST',
  path: '/practice/sessions/:id/beginning',
  summary: 'Ring the first bell',
  input: z.object(seen),
  output: changed,
  refusals: { ...held, ...ofTheCase, seat_is_free: 409, roles_are_open: 409, too_early: 409, phase_out_of_order: 409, no_case_left: 409 },
})

export const practiseAlone = operation({
  method: 'POST',
  path: '/practice/alone',
  summary: 'Begin a station by myself, now',
  input: z.object({ type: z._default(type, 'mock'), format: slug, case_id: z._default(z.nullable(id), null) }),
  output: z.object({ id }),
  refusals: { ...ofTheCase, no_profile_yet: 409, no_such_format: 422, no_case_left: 409 },
  limit: 20, // each is a row and a surprise; nobody plays more
})

export const moveOn = operation({
  method: 'POST',
  path: '/practice/sessions/:id/phase',
  summary: 'Go on to the next phase before its bell: the candidate from reading, the actor from running and marking',
  input: z.object({ ...seen, phase: z.enum(['running', 'marking', 'feedback']) }),
  output: changed,
  refusals: { ...held, phase_out_of_order: 409, not_your_role: 403 },
})

export const nextRound = operation({
  method: 'POST',
  path: '/practice/sessions/:id/rounds',
  summary: 'After the feedback: the other way round, with this case, or a surprise',
  input: z.object({ ...seen, case_id: z._default(z.nullable(id), null) }),
  output: changed,
  refusals: { ...held, ...ofTheCase, phase_out_of_order: 409, no_case_left: 409 },
})

export const endPracticeSession = operation({
  method: 'POST',
  path: '/practice/sessions/:id/ending',
  summary: 'Enough: what is open stays open, nothing else opens',
  input: z.object(seen),
  output: nothing,
  refusals: { ...held, phase_out_of_order: 409 },
})

// What a case says. Reading is on record, so these reads are acts; nothing of them is kept anywhere.

const readable = { session_not_found: 404, not_yet: 403, not_your_role: 403 } as const

export const listTexts = operation({
  method: 'GET',
  path: '/practice/sessions/:id/texts',
  summary: 'Every text that my role may read in this phase, of my latest round or of that one',
  recorded: true,
  input: z.object({ id, round: z.optional(round) }),
  output: z.object({ items: z.array(z.object({ name: text, words: z.string() })) }),
  refusals: { session_not_found: 404 },
})

export const readText = operation({
  method: 'GET',
  path: '/practice/sessions/:id/texts/:text',
  summary: 'One text, or why I may not read it',
  recorded: true,
  input: z.object({ id, text, round: z.optional(round) }),
  output: z.object({ name: text, words: z.string() }),
  refusals: readable,
})

// The sheet

const ofARound = { id, round }
const Item = z.object({
  id,
  domain: z.string(),
  words: z.string(),
  weight: z.int(),
  safety_critical: z.boolean(),
  /** Where the marks are shown. */
  ticked: z.optional(z.boolean()),
})

export const readSheet = operation({
  method: 'GET',
  path: '/practice/sessions/:id/rounds/:round/sheet',
  summary: 'The checklist, with the marks where I may see them: the marker always, the candidate once the sheet is handed in',
  recorded: true,
  input: z.object(ofARound),
  output: z.object({
    round,
    checklist: z.array(Item),
    /** Whether the marks are shown: else they are absent, not empty. */
    marks: z.boolean(),
    scores: z.nullable(z.record(z.string(), z.int())),
    rating: z.nullable(z.int()),
    words: z.nullable(z.string()),
    submitted_at: z.nullable(at),
  }),
  refusals: readable,
})

const marking = { ...readable, nothing_to_mark: 409, sheet_is_submitted: 409 } as const
const place = z.int().check(z.minimum(0), z.maximum(32_767))

export const tickItem = operation({
  method: 'PUT',
  path: '/practice/sessions/:id/rounds/:round/ticks/:item',
  summary: 'Tick an item of the checklist, or take the tick back; again is once',
  input: z.object({ ...ofARound, item: id, ticked: z._default(z.boolean(), true) }),
  output: nothing,
  refusals: { ...marking, no_such_item: 404 },
})

export const scoreDomain = operation({
  method: 'PUT',
  path: '/practice/sessions/:id/rounds/:round/scores/:domain',
  summary: 'Score a domain of the format: the place of a word of its scale, from 0',
  input: z.object({ ...ofARound, domain: z.string().check(z.minLength(1), z.maxLength(30)), points: place }),
  output: nothing,
  refusals: { ...marking, no_such_scale: 404, score_is_off_the_scale: 422 },
})

export const submitSheet = operation({
  method: 'POST',
  path: '/practice/sessions/:id/rounds/:round/sheet',
  summary: 'Hand the sheet in, whole and for good, once the running is over',
  input: z.object({ ...ofARound, rating: place, words: z._default(z.string().check(z.maxLength(4_000)), '') }),
  output: nothing,
  refusals: { ...marking, rating_is_off_the_scale: 422, sheet_is_not_finished: 409 },
})

export const listRounds = operation({
  method: 'GET',
  path: '/practice/rounds',
  summary: 'What I have played, as whom and how far, latest first: also in sessions whose seat I have left',
  input: z.object({ ...paging, session: z.optional(id) }),
  output: pageOf(
    z.object({
      session_id: id,
      round,
      case_id: id,
      case_name: z.string(),
      type,
      format: slug,
      role,
      reached: phase,
      reading_at: at,
      ended_at: z.nullable(at),
    }),
  ),
})

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

export const askToReview = operation({
  method: 'POST',
  path: '/practice/cases/:id/reviewers',
  summary: 'Ask somebody to check a case; for administrators, on record',
  input: z.object({ id, person: id, reason: z.string().check(z.trim(), z.minLength(3), z.maxLength(500)) }),
  output: nothing,
  refusals: {
    administrators_only: 403,
    reason_needed: 422,
    reason_names_them: 422,
    no_such_person: 404,
    no_such_case: 404,
    nobody_reviews_their_own_case: 409,
  },
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
