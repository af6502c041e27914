import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod/mini'
import type { Tx } from '#platform/database/conversation.ts'
import { beginFlow, codeOfFlow, type Challenge } from '../flows.ts'
import { knownPlace } from '../links.ts'
import { browser } from '../openid/browser.ts'
import { find, type NotFound } from '../openid/found.ts'
import { comeBack, depart, type Journey } from '../openid/journey.ts'
import { proposeLink, ticketIn } from '../openid/links.ts'
import { callIn, letWait } from '../openid/newcomers.ts'
import { providers } from '../openid/providers.ts'
import { settle, type NotSettled } from '../openid/settle.ts'
import { theServer } from '../the-server.ts'
import { hashOfWord } from '../word.ts'
import { bodyOf, challengeOf, invalid } from './body.ts'
import type { GoTrue } from './context.ts'
import { AuthError } from './errors.ts'

// Signing in by another provider. People leave from here, come back to /callback, and go on with a code to the page that began
// it: supabase-js's or our own, which turns the code into a session by the secret it kept (PKCE). The way without PKCE, with
// the session itself in the address, is not offered.
export function serveProviders(app: FastifyInstance, context: GoTrue): void {
  const { configuration, database, secrets } = context
  const { publicUrl, registration } = configuration
  const known = providers(configuration.providers)
  const journeys = browser(publicUrl)
  const callback = `${publicUrl}/auth/v1/callback`

  app.get('/authorize', async (request, reply) => {
    const { provider, ...leaving } = wanted(context, request)
    const client = await reached(known.client(provider))
    const browserWord = journeys.wordIn(request.headers.cookie) ?? randomBytes(32).toString('base64url')
    const there = await database.write(theServer, (db) => depart(db, secrets, client, { provider, ...leaving, browserWord, callback }))
    return reply.header('set-cookie', journeys.keep(browserWord)).redirect(there.href, 303)
  })

  app.get('/callback', async (request, reply) => {
    const { state } = request.query as Record<string, unknown>
    const browserWord = journeys.wordIn(request.headers.cookie)
    const back =
      typeof state === 'string' && browserWord
        ? await database.write(theServer, (db) => comeBack(db, secrets, { state, browserWord }))
        : undefined
    if (!back || !browserWord) return leadOn(reply, ourPage(publicUrl), 'bad_oauth_state')
    const { journey } = back
    const address = new URL(request.url.slice(request.url.indexOf('?')), callback)
    const client = await known.client(journey.provider)?.catch(() => undefined) // said below, by its name
    const found = client ? await find(client, { provider: journey.provider, address, secrets: back.secrets }) : 'provider_unreachable'
    if (typeof found === 'string') {
      request.log.warn({ provider: journey.provider, because: found }, 'nobody came back from the provider')
      return leadOn(reply, new URL(journey.redirectTo), found)
    }
    const outcome = await named(
      database.write(theServer, async (db) => {
        if (journey.linkingId !== undefined) return { link: await proposeLink(db, secrets, journey.linkingId, found) }
        const settled = await settle(db, found, { ...journey, registration })
        if (settled === 'adult_declaration_required') await letWait(db, secrets, browserWord, { ...journey, found })
        return typeof settled === 'string' ? settled : { code: await codeFor(db, settled.userId, journey) }
      }),
    )
    if (outcome === 'adult_declaration_required') return reply.redirect(`${publicUrl}/auth/adult`, 303)
    return leadOn(reply, new URL(journey.redirectTo), outcome)
  })

  // The page /auth/adult sends this, and goes where the answer says.
  app.post('/callback/declaration', async (request, reply) => {
    const { adult } = bodyOf(z.object({ adult: z.boolean() }), request)
    if (!adult) throw refused('adult_declaration_required')
    const browserWord = journeys.wordIn(request.headers.cookie)
    const outcome = await named(
      database.write(theServer, async (db) => {
        const waiting = browserWord && (await callIn(db, secrets, browserWord))
        if (!waiting) return 'bad_oauth_state'
        const settled = await settle(db, waiting.found, { ...waiting, registration, adult })
        return typeof settled === 'string' ? settled : { ...waiting, code: await codeFor(db, settled.userId, waiting) }
      }),
    )
    if (typeof outcome === 'string') throw refused(outcome)
    return reply.send({ redirect_to: withQuery(new URL(outcome.redirectTo), { code: outcome.code }).href })
  })
}

const Query = z.object({
  provider: z.optional(z.string()),
  redirect_to: z.optional(z.string().check(z.maxLength(2_000))),
  code_challenge: z.optional(z.string()),
  code_challenge_method: z.optional(z.string()),
  adult: z.optional(z.string()),
  invitation: z.optional(z.string().check(z.maxLength(200))),
  ticket: z.optional(z.string().check(z.maxLength(4_000))),
})

function wanted({ configuration, secrets }: GoTrue, request: FastifyRequest): Journey {
  const parsed = z.safeParse(Query, request.query)
  if (!parsed.success) throw invalid('each parameter may stand there once')
  const { provider = '', redirect_to, ticket, adult, invitation, ...pkce } = parsed.data
  if (ticket !== undefined) return linking(secrets, ticket)
  const challenge = challengeOf(pkce)
  if (!challenge) throw invalid('code_challenge is required: set flowType to "pkce"')
  const place = redirect_to === undefined ? ourPage(configuration.publicUrl) : knownPlace(configuration, redirect_to)
  if (!place) throw new AuthError(400, 'redirect_not_allowed', 'redirect_to is not an address of this installation: see REDIRECT_ORIGINS')
  return { provider, redirectTo: place.href, adult: adult === 'true', invitation: invitation ? hashOfWord(invitation) : null, challenge }
}

function linking(secrets: Buffer, text: string): Journey {
  const ticket = ticketIn(secrets, text)
  if (!ticket) throw new AuthError(400, 'bad_oauth_state', says.bad_oauth_state)
  return { provider: ticket.provider, redirectTo: ticket.redirectTo, adult: false, invitation: null, linkingId: ticket.userId }
}

async function reached<T>(client: Promise<T> | undefined): Promise<T> {
  if (!client) throw new AuthError(400, 'oauth_provider_not_supported', 'Unsupported provider: provider is not enabled')
  try {
    return await client
  } catch (cause) {
    throw Object.assign(new AuthError(502, 'provider_unreachable', says.provider_unreachable), { cause })
  }
}

async function codeFor(db: Tx<'service_role'>, userId: string, { challenge }: { challenge: Challenge }): Promise<string> {
  const flow = { userId, method: 'oauth' }
  await beginFlow(db, flow, challenge)
  return (await codeOfFlow(db, flow))!
}

const ourPage = (publicUrl: string) => new URL('/auth/done', publicUrl)

type Refusal = NotFound | NotSettled | NotInvited | 'bad_oauth_state'
type Outcome = { code: string } | { link: string } | Refusal

const invitations = ['no_such_invitation', 'invitation_used', 'invitation_revoked', 'invitation_expired', 'invitation_for_another'] as const
type NotInvited = (typeof invitations)[number]

/** The database refuses an invitation by raising its name: nothing was made. */
async function named<T>(settling: Promise<T>): Promise<T | NotInvited> {
  try {
    return await settling
  } catch (error) {
    const because = invitations.find((name) => name === (error as { constraint?: string }).constraint)
    if (because) return because
    throw error
  }
}

/** A refusal stands in the query and behind the #, as GoTrue puts it: some pages look here and some there. */
function leadOn(reply: FastifyReply, place: URL, outcome: Outcome): FastifyReply {
  if (typeof outcome !== 'string') return reply.redirect(withQuery(place, outcome).href, 303)
  const error = outcome === 'access_denied' || outcome === 'user_banned' || outcome === 'signup_disabled' ? 'access_denied' : 'server_error'
  const fields = { error, error_code: outcome, error_description: says[outcome] }
  withQuery(place, fields).hash = new URLSearchParams(fields).toString()
  return reply.redirect(place.href, 303)
}

function withQuery(place: URL, fields: Record<string, string>): URL {
  for (const [name, value] of Object.entries(fields)) place.searchParams.set(name, value)
  return place
}

const refused = (because: Refusal) => new AuthError(because === 'bad_oauth_state' ? 400 : 422, because, says[because])

const says: Record<Refusal, string> = {
  bad_oauth_state: 'This sign-in was not begun in this browser, or took too long, or was finished already',
  access_denied: 'You did not allow the other provider to tell us who you are',
  code_not_accepted: 'The provider does not know this sign-in any more',
  wrong_issuer: 'Somebody else answered for the provider',
  wrong_audience: 'The provider’s answer was meant for another installation',
  wrong_nonce: 'The provider’s answer belongs to another sign-in',
  id_token_expired: 'The provider’s answer is too old',
  id_token_not_signed_by_provider: 'The provider’s answer does not bear its signature',
  userinfo_of_somebody_else: 'The provider told us about somebody else',
  provider_unreachable: 'The provider cannot be reached just now',
  provider_answer_not_accepted: 'The provider’s answer is not as it must be',
  provider_email_needs_verification:
    'The provider does not say that this e-mail address is yours: sign in otherwise, and link it in your settings',
  adult_declaration_required: 'Please declare that you are 18 or older',
  signup_disabled: 'Signups not allowed for this instance',
  user_banned: 'User is banned',
  no_such_invitation: 'There is no such invitation',
  invitation_used: 'This invitation was used already',
  invitation_revoked: 'This invitation was withdrawn',
  invitation_expired: 'This invitation is too old',
  invitation_for_another: 'This invitation is for another address',
}
