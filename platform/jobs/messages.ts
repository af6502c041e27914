import type { JobConfiguration } from './job.ts'

// What the supervisor and the thread in which jobs run say to each other.
export type Settings = { url: string; atOnce: number; configuration: JobConfiguration }

export type ToThread = { ask: 'run'; id: string; name: string; data: object } | { ask: 'are_you_there' }

export type FromThread =
  | { says: 'ready' }
  | { says: 'here' }
  | { says: 'done'; id: string }
  | { says: 'failed'; id: string; code: string }
  | { says: 'queued' }
