import { auditOfPerson } from '#platform/audit/person.ts'
import { files } from '#platform/files/server.ts'
import { gotrue } from '#platform/identity/gotrue.ts'
import { identity } from '#platform/identity/server.ts'
import { jobs } from '#platform/jobs/server.ts'
import { mail } from '#platform/mail/server.ts'
import { sweepAnswers } from '#platform/operations/jobs.ts'
import { answersToPerson } from '#platform/operations/person.ts'
import type { Part } from '#platform/part.ts'
import { safety } from '#platform/safety/server.ts'

// The one list: every organ and domain that has something to serve or to do.
export const parts: Part[] = [
  { name: 'operations', jobs: [sweepAnswers], people: [answersToPerson] },
  { name: 'audit', people: [auditOfPerson] },
  jobs,
  files,
  mail,
  safety,
  gotrue(),
  identity(() => parts.flatMap(({ people = [] }) => people)),
]
