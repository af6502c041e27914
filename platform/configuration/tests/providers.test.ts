import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { providersIn } from '../providers.ts'

const google = { OIDC_GOOGLE_CLIENT_ID: 'id', OIDC_GOOGLE_CLIENT_SECRET: 'secret' }

describe('OpenID providers', () => {
  test('are whichever the operator names; of two the issuer is known', () => {
    const env = { ...google, OIDC_ACME_ISSUER: 'https://id.acme.example/realms/x', OIDC_ACME_CLIENT_ID: 'a', OIDC_ACME_CLIENT_SECRET: 'b' }
    assert.deepEqual(providersIn(env), [
      { name: 'acme', issuer: 'https://id.acme.example/realms/x', clientId: 'a', clientSecret: 'b' },
      { name: 'google', issuer: 'https://accounts.google.com', clientId: 'id', clientSecret: 'secret' },
    ])
    assert.deepEqual(providersIn({ OIDC_GOOGLE_ISSUER: ' ', HOME: '/' }), [])
  })

  const wrong: [string, Record<string, string>, RegExp][] = [
    ['a missing secret', { OIDC_GOOGLE_CLIENT_ID: 'id' }, /^OIDC_GOOGLE_CLIENT_SECRET is missing/],
    ['a missing issuer', { OIDC_ACME_CLIENT_ID: 'a', OIDC_ACME_CLIENT_SECRET: 'b' }, /^OIDC_ACME_ISSUER is missing/],
    ['a slip of the pen', { OIDC_GOOGLE_CLIENTID: 'id' }, /^OIDC_GOOGLE_CLIENTID is not a setting/],
    ['the name of our own way in', { OIDC_EMAIL_CLIENT_ID: 'id' }, /^OIDC_EMAIL_CLIENT_ID is not a setting/],
    ['no TLS', { ...google, OIDC_GOOGLE_ISSUER: 'http://accounts.google.com' }, /^OIDC_GOOGLE_ISSUER must be an https address/],
    ['no address', { ...google, OIDC_GOOGLE_ISSUER: 'google' }, /^OIDC_GOOGLE_ISSUER must be an https address/],
  ]
  for (const [what, env, says] of wrong)
    test(`stop the start with one line: ${what}`, () => {
      assert.throws(
        () => providersIn(env),
        ({ message }: Error) => says.test(message) && !message.includes('\n'),
      )
    })
})
