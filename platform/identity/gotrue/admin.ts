import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { endAll } from '../ending.ts'
import { factorsOf, removeFactor } from '../factors.ts'
import { erasePersonForOperator } from '../leaving/erasure.ts'
import { hashPassword } from '../passwords.ts'
import {
  accounts,
  changeEmail,
  changePassword,
  changePerson,
  confirmEmail,
  createPerson,
  mergeMetadata,
  personByEmail,
  personById,
  whole,
  type Account,
} from '../people.ts'
import { theServer } from '../the-server.ts'
import { mustBeOperator } from './asking.ts'
import { addressOf, bodyOf, invalid, metadata, nameIn, passwordOf, text } from './body.ts'
import type { GoTrue } from './context.ts'
import { AuthError } from './errors.ts'
import { personOf, userOf } from './shapes.ts'

const Fields = z.object({
  id: z.optional(z.nullable(z.uuid())),
  email: text,
  phone: text,
  password: text,
  password_hash: text,
  email_confirm: z.optional(z.nullable(z.boolean())),
  user_metadata: metadata,
  app_metadata: metadata,
  ban_duration: text,
})
type Fields = z.output<typeof Fields>

/** Accounts, for the operator's own programs. Whatever they do to one is written down. */
export function serveAdmin(app: FastifyInstance, context: GoTrue): void {
  const { database } = context

  app.get('/admin/users', async (request, reply) => {
    await mustBeOperator(context, request)
    const { page, perPage } = pageIn(request)
    const { people, total } = await database.read(theServer, async (db) => {
      const found = await accounts(db)
        .orderBy('u.created_at', 'desc')
        .orderBy('u.id')
        .limit(perPage)
        .offset((page - 1) * perPage)
        .execute()
      const { count } = await db
        .selectFrom('auth.users')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('deleted_at', 'is', null)
        .executeTakeFirstOrThrow()
      return { people: await Promise.all(found.map((account) => personOf(db, whole(account)!))), total: count }
    })
    reply.header('x-total-count', total).header('link', linksTo(context, { page, perPage, total }))
    return reply.send({ users: people.map(userOf), aud: 'authenticated' })
  })

  app.post('/admin/users', async (request, reply) => {
    await mustBeOperator(context, request)
    const fields = bodyOf(Fields, request)
    noPhone(fields)
    const email = addressOf(fields.email)
    const data = fields.user_metadata ?? {}
    const passwordHash = await hashIn(fields, { email, name: nameIn(data) })
    const user = await database.write(theServer, async (db) => {
      const account = await createPerson(db, {
        ...(fields.id ? { id: fields.id } : {}),
        email,
        passwordHash,
        data,
        appData: fields.app_metadata ?? {},
        confirmed: fields.email_confirm ?? false,
      })
      if (!account) throw exists()
      await ban(db, account, fields.ban_duration)
      await noted(db, 'identity.user-created', account.id)
      return read(db, account.id)
    })
    return reply.send(user)
  })

  app.get('/admin/users/:id', async (request, reply) => {
    await mustBeOperator(context, request)
    const account = await known(context, request)
    return reply.send(await database.read(theServer, async (db) => userOf(await personOf(db, account))))
  })

  app.put('/admin/users/:id', async (request, reply) => {
    await mustBeOperator(context, request)
    const account = await known(context, request)
    const fields = bodyOf(Fields, request)
    noPhone(fields)
    const email = fields.email ? addressOf(fields.email) : undefined
    const passwordHash = await hashIn(fields, { email: email ?? account.email ?? '', name: nameIn(account.raw_user_meta_data) })
    const user = await database.write(theServer, async (db) => {
      if (email && email !== account.email) {
        if (await personByEmail(db, email)) throw exists()
        await changeEmail(db, account, email)
      }
      if (fields.email_confirm) await confirmEmail(db, account)
      if (passwordHash) {
        await changePassword(db, account, passwordHash)
        await endAll(db, account.id)
      }
      if (fields.user_metadata)
        await changePerson(db, account.id, { raw_user_meta_data: merged(account.raw_user_meta_data, fields.user_metadata) })
      if (fields.app_metadata)
        await changePerson(db, account.id, { raw_app_meta_data: merged(account.raw_app_meta_data, fields.app_metadata) })
      await ban(db, account, fields.ban_duration)
      await noted(db, 'identity.user-changed', account.id)
      return read(db, account.id)
    })
    return reply.send(user)
  })

  // Never a DELETE, whatever should_soft_delete says: other people's records keep their other side. They are nobody at once;
  // what is known of them goes with the next job.
  app.delete('/admin/users/:id', async (request, reply) => {
    await mustBeOperator(context, request)
    const { id } = await known(context, request)
    await database.write(theServer, (db) => erasePersonForOperator(db, id))
    return reply.send({})
  })

  app.get('/admin/users/:id/factors', async (request, reply) => {
    await mustBeOperator(context, request)
    const { id } = await known(context, request)
    return reply.send(await database.read(theServer, (db) => factorsOf(db, id)))
  })

  app.delete('/admin/users/:id/factors/:factor', async (request, reply) => {
    await mustBeOperator(context, request)
    const { id } = await known(context, request)
    const { factor } = request.params as { factor: string }
    await database.write(theServer, async (db) => {
      const factors = await factorsOf(db, id)
      if (!factors.some((own) => own.id === factor)) throw new AuthError(404, 'mfa_factor_not_found', 'Factor not found')
      await removeFactor(db, { factorId: factor, userId: id })
      await noted(db, 'identity.factor-removed', id)
    })
    return reply.send({ id: factor })
  })
}

/** The operator's programs have no name of their own; what they did has. */
export const noted = (db: Tx<'service_role'>, action: string, id: string) =>
  db.call('private.audit_for', { actor: null, action, subject_kind: 'account', subject_id: id })

async function known({ database }: GoTrue, { params }: FastifyRequest): Promise<Account> {
  const { id } = params as { id: string }
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw new AuthError(404, 'validation_failed', 'user_id must be an UUID')
  const account = await database.read(theServer, (db) => personById(db, id))
  if (!account) throw new AuthError(404, 'user_not_found', 'User not found')
  return account
}

const read = async (db: Tx<'service_role'>, id: string) => userOf(await personOf(db, (await personById(db, id))!))
const merged = (before: Account['raw_app_meta_data'], changes: Record<string, unknown>) => JSON.stringify(mergeMetadata(before, changes))
const exists = () => new AuthError(422, 'email_exists', 'A user with this email address has already been registered')

function noPhone({ phone }: Fields): void {
  if (phone) throw new AuthError(400, 'phone_provider_disabled', 'Phone logins are disabled')
}

// A hash from an older home is taken as it is, and made anew when its person next signs in.
async function hashIn({ password, password_hash }: Fields, context: { email: string; name: string }): Promise<string | null> {
  if (!password_hash) return password ? hashPassword(passwordOf(password, context)) : null
  if (password) throw invalid('Only a password or a password hash should be provided')
  if (!/^\$(2[abxy]|argon2id)\$[^\s]{20,200}$/.test(password_hash)) throw invalid('Invalid password hash: bcrypt or argon2id')
  return password_hash
}

async function ban(db: Tx<'service_role'>, { id }: Account, duration: string | null | undefined): Promise<void> {
  if (!duration) return
  const seconds = duration === 'none' ? 0 : secondsIn(duration)
  await changePerson(db, id, { banned_until: seconds > 0 ? sql<string>`now() + make_interval(secs => ${seconds})` : null })
  if (seconds > 0) await endAll(db, id)
}

// Go's durations: "300ms", "1.5h", "2h45m".
function secondsIn(duration: string): number {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(duration)) throw invalid(`invalid format for ban duration: ${duration}`)
  return [...duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce((sum, [, count, unit]) => sum + Number(count) * units[unit!]!, 0)
}
const units: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3_600 }

function pageIn({ query }: FastifyRequest): { page: number; perPage: number } {
  const { page = '', per_page = '' } = query as Record<string, string>
  const number = (text: string, otherwise: number) => {
    if (text === '') return otherwise
    if (!/^[1-9]\d{0,6}$/.test(text)) throw invalid(`Bad Pagination Parameters: ${text}`)
    return Number(text)
  }
  return { page: number(page, 1), perPage: Math.min(number(per_page, 50), 1_000) }
}

// As GoTrue writes it, page first: auth-js reads the number up to the next sign.
function linksTo({ configuration }: GoTrue, { page, perPage, total }: { page: number; perPage: number; total: number }): string {
  const last = Math.max(1, Math.ceil(total / perPage))
  const link = (to: number, rel: string) => `<${configuration.publicUrl}/auth/v1/admin/users?page=${to}&per_page=${perPage}>; rel="${rel}"`
  return [...(page < last ? [link(page + 1, 'next')] : []), link(last, 'last')].join(', ')
}
