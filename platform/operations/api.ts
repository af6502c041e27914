import * as z from 'zod/mini'
import { operation } from './operation.ts'

const at = z.iso.datetime()

export const readSystem = operation({
  method: 'GET',
  path: '/operations/system',
  summary: 'How this installation is; for administrators',
  output: z.object({
    version: z.string(),
    node: z.string(),
    started_at: at,
    public_url: z.string(),
    tls: z.enum(['here', 'proxy', 'none']),
    /** Nobody else can reach it. */
    personal: z.boolean(),
    registration: z.enum(['open', 'invite', 'closed']),
    database: z.object({
      embedded: z.boolean(),
      version: z.string(),
      bytes: z.int(),
      connections: z.int(),
      most_connections: z.int(),
      steps: z.int(),
      migrated_at: z.nullable(at),
    }),
    disk: z.object({ folder: z.string(), free: z.int(), size: z.int() }),
    jobs: z.object({ counted_at: z.nullable(at), oldest_at: z.nullable(at), dead_letters: z.int() }),
    audit: z.object({ waiting: z.int(), waiting_since: z.nullable(at) }),
    /** Sent by a server, read at `/outbox` by whoever sits at the machine, or given up. */
    mail: z.object({ by: z.enum(['smtp', 'outbox', 'nowhere']), from: z.string(), waiting: z.int(), failed: z.int() }),
    reports: z.object({ open: z.int(), mine: z.int() }),
    administrators: z.array(z.object({ id: z.uuid(), name: z.string(), since: z.iso.datetime({ offset: true }), demo: z.boolean() })),
  }),
  refusals: { administrators_only: 403 },
})
