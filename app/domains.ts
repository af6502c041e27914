import { gotrue } from '#platform/identity/gotrue.ts'
import { jobs } from '#platform/jobs/server.ts'
import { mail } from '#platform/mail/server.ts'
import { sweepAnswers } from '#platform/operations/jobs.ts'
import type { Part } from '#platform/part.ts'

// The one list: every organ and domain that has something to serve or to do.
export const parts: Part[] = [{ name: 'operations', jobs: [sweepAnswers] }, jobs, mail, gotrue()]
