import { CannotStart } from './stop.ts'

// Who else may vouch for people: OpenID providers, by OIDC_<NAME>_ISSUER, _CLIENT_ID and _CLIENT_SECRET. The name is the
// operator's own, and stands in the address of our sign-in page; of two names everybody knows the issuer is known, too.
export type Provider = { name: string; issuer: string; clientId: string; clientSecret: string }

const wellKnown: Record<string, string> = {
  GOOGLE: 'https://accounts.google.com',
  MICROSOFT: 'https://login.microsoftonline.com/common/v2.0',
}
const fields = ['ISSUER', 'CLIENT_ID', 'CLIENT_SECRET'] as const

export function providersIn(env: Record<string, string | undefined>): Provider[] {
  const set = Object.keys(env).filter((key) => key.startsWith('OIDC_') && env[key]?.trim())
  return [...new Set(set.map(nameIn))].sort().map((name) => {
    const [issuer, clientId, clientSecret] = fields.map((field) => env[`OIDC_${name}_${field}`]?.trim() ?? '')
    if (!clientId) throw missing(name, 'CLIENT_ID')
    if (!clientSecret) throw missing(name, 'CLIENT_SECRET')
    return { name: name.toLowerCase(), issuer: issuerOf(name, issuer || wellKnown[name]), clientId, clientSecret }
  })
}

// "email" is our own way in, and stands beside these names in auth.identities.
function nameIn(key: string): string {
  const [, name, field] = /^OIDC_([A-Z][A-Z0-9]{0,29})_(.+)$/.exec(key) ?? []
  if (!name || !fields.some((known) => known === field) || name === 'EMAIL' || name === 'PHONE')
    throw new CannotStart(
      `${key} is not a setting; write OIDC_<NAME>_ISSUER, OIDC_<NAME>_CLIENT_ID and OIDC_<NAME>_CLIENT_SECRET, with a name such as GOOGLE`,
    )
  return name
}

function issuerOf(name: string, text: string | undefined): string {
  if (!text) throw missing(name, 'ISSUER')
  const url = URL.canParse(text) ? new URL(text) : undefined
  const guarded = url?.protocol === 'https:' || (url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname))
  if (!url || !guarded || url.search || url.hash || url.username)
    throw new CannotStart(`OIDC_${name}_ISSUER must be an https address such as https://accounts.google.com, but is "${text}"`)
  return text
}

const missing = (name: string, field: (typeof fields)[number]) =>
  new CannotStart(`OIDC_${name}_${field} is missing: a provider needs its issuer, client id and client secret`)
