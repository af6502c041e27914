import { care } from '#domains/care/server.ts'
import { interviews } from '#domains/interviews/server.ts'
import { mentoring } from '#domains/mentoring/server.ts'
import { practice } from '#domains/practice/server.ts'
import { speaking } from '#domains/speaking/server.ts'
import { audit } from '#platform/audit/server.ts'
import { demo } from '#platform/demo/server.ts'
import { files } from '#platform/files/server.ts'
import { gotrue } from '#platform/identity/gotrue.ts'
import { identity } from '#platform/identity/server.ts'
import { jobs } from '#platform/jobs/server.ts'
import { legal } from '#platform/legal/server.ts'
import { live } from '#platform/live/server.ts'
import { mail } from '#platform/mail/server.ts'
import { notices } from '#platform/notices/server.ts'
import { operations } from '#platform/operations/server.ts'
import type { Part } from '#platform/part.ts'
import { push } from '#platform/push/server.ts'
import { rooms } from '#platform/rooms/server.ts'
import { safety } from '#platform/safety/server.ts'
import { scheduling } from '#platform/scheduling/server.ts'

// The one list: every organ and domain that has something to serve or to do.
export const parts: Part[] = [
  operations,
  audit,
  jobs,
  files,
  legal,
  live,
  mail,
  notices,
  push,
  rooms,
  safety,
  scheduling(() => parts.flatMap(({ plans = [] }) => plans)),
  gotrue(),
  identity(() => parts.flatMap(({ people = [] }) => people)),
  demo,
  practice,
  care,
  speaking,
  mentoring,
  interviews,
]
