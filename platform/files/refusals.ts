import { RefusedError } from '#platform/operations/problem.ts'

// Every no that files know, by its name. The first ones are also the database's.
const statuses = {
  no_such_file: 404,
  no_such_upload: 404,
  file_is_not_finished: 409,
  file_is_being_scanned: 409,
  file_is_quarantined: 409,
  file_is_lost: 404,
  file_is_in_use: 409,
  too_much_unclaimed: 409,

  tus_version_not_spoken: 412,
  not_an_upload: 415,
  no_such_purpose: 422,
  file_is_too_large: 413,
  upload_has_expired: 410,
  upload_goes_on_elsewhere: 409, // at another offset
  upload_is_being_written: 423,
  more_than_declared: 413,

  type_not_allowed: 422,
  file_is_damaged: 422,
  file_is_two_things: 422,
  unpacks_too_large: 422,
  picture_has_too_many_pixels: 422,
  picture_cannot_be_read: 422,

  no_such_link: 404,
  link_has_expired: 410,
} as const
export type Refusal = keyof typeof statuses

export function refuse(why: Refusal, detail?: string): never {
  throw refusal(why, detail)
}

export const refusal = (why: Refusal, detail?: string) => new RefusedError(why, statuses[why], detail === undefined ? {} : { detail })

/** For the operations of other parts that take a file of somebody's. */
export const claimRefusals = {
  no_such_file: 404,
  file_is_not_finished: 409,
  file_is_being_scanned: 409,
  file_is_quarantined: 409,
  file_is_lost: 404,
  file_is_in_use: 409,
} as const

/** What the database refused by one of these names. */
export function named(error: unknown): unknown {
  const { constraint } = error as { constraint?: string }
  return constraint !== undefined && constraint in statuses ? new RefusedError(constraint, statuses[constraint as Refusal]) : error
}
