import type { Words } from '#platform/web/part.ts'

export const safetyWords: Words = {
  nobody_blocks_themselves: 'Nobody can block themselves.',
  nobody_reports_themselves: 'Nobody can report themselves.',
  not_blocked: 'You do not block them any more.',
  no_such_person: 'This person is not here any more.',
  too_many_reports: 'You have reported very much today. Wait until tomorrow; if somebody is in danger, call the emergency services.',
}
