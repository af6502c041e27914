import type { FastifyInstance } from 'fastify'
import { publicKeysOf } from '#platform/configuration/keys.ts'
import { Limits } from '#platform/operations/limits.ts'
import type { Part, Server } from '#platform/part.ts'
import { allowances, attempts } from './attempts.ts'
import { keepSessionsInCookies } from './gotrue/browser.ts'
import { serveAdmin } from './gotrue/admin.ts'
import { serveFactors } from './gotrue/factors.ts'
import { beGoTrue, type GoTrue, type Rules } from './gotrue/context.ts'
import { serveGenerateLink } from './gotrue/generate-link.ts'
import { serveIdentities } from './gotrue/identities.ts'
import { serveInvite } from './gotrue/invite.ts'
import { serveLogout } from './gotrue/logout.ts'
import { serveOtp } from './gotrue/otp.ts'
import { servePasskeys } from './gotrue/passkeys.ts'
import { serveProviders } from './gotrue/providers.ts'
import { serveReauthenticate } from './gotrue/reauthenticate.ts'
import { serveRecover } from './gotrue/recover.ts'
import { serveRecoveryCodes } from './gotrue/recovery-codes.ts'
import { serveResend } from './gotrue/resend.ts'
import { serveSettings } from './gotrue/settings.ts'
import { serveSignUp } from './gotrue/signup.ts'
import { serveToken } from './gotrue/token.ts'
import { serveUser } from './gotrue/user.ts'
import { serveVerify } from './gotrue/verify.ts'
import { sweepIdentity } from './jobs.ts'
import { identityMails } from './mails.ts'
import { reader, signer } from './tokens.ts'

// GoTrue's protocol, well enough for the real supabase-js: what it calls an ability is a file in gotrue/.
const usual: Rules = { confirmation: true, allowances, callsAMinute: 300 }

export const gotrue = (rules: Partial<Rules> = {}): Part => ({
  name: 'gotrue',
  mails: identityMails,
  jobs: [sweepIdentity],
  serve(app, server) {
    if (server.configuration.supabaseUrl) return
    const context = contextOf(server, { ...usual, ...rules })
    void app.register(
      (auth, _options, done) => {
        beGoTrue(auth, context)
        keepSessionsInCookies(auth, context)
        for (const serve of abilities) serve(auth, context)
        done()
      },
      { prefix: '/auth/v1' },
    )
  },
})

const abilities: ((app: FastifyInstance, context: GoTrue) => void)[] = [
  serveSettings,
  serveSignUp,
  serveToken,
  serveVerify,
  serveRecover,
  serveOtp,
  serveResend,
  serveUser,
  serveReauthenticate,
  serveLogout,
  serveFactors,
  serveRecoveryCodes,
  servePasskeys,
  serveProviders,
  serveIdentities,
  serveInvite,
  serveGenerateLink,
  serveAdmin,
]

function contextOf({ configuration, keys, database, ask, cookies }: Server, rules: Rules): GoTrue {
  const publicKeys = publicKeysOf(keys.jwt)
  return {
    configuration,
    database,
    ask,
    cookies,
    rules,
    publicKeys,
    secrets: keys.secrets,
    apiKeys: [keys.anon, keys.service],
    sign: signer(keys.jwt, configuration.publicUrl),
    read: reader(publicKeys),
    attempts: attempts(database, keys.secrets, rules.allowances),
    limits: new Limits(),
  }
}
