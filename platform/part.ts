import type { Job } from '#platform/jobs/job.ts'
import type { Handler } from '#platform/operations/handle.ts'

// One organ or domain, as the server sees it. `api` is the module that exports its operations: their names are the exports'.
export type Part = { name: string; api?: Record<string, unknown>; handlers?: Handler[]; jobs?: Job[] }
