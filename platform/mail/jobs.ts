import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { giveUp } from '#platform/jobs/giveup.ts'
import { job } from '#platform/jobs/job.ts'
import { NotSent, post, type Letter } from './smtp.ts'
import { keepsOutbox } from './outbox.ts'

type Db = Tx<'service_role'>
