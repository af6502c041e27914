import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { test } from 'node:test'
import type { SupabaseClient } from '@supabase/supabase-js'
import { root } from '#platform/configuration/environment.ts'
import { freshBrowser } from '#tests/browser.ts'
import { freshOpenIdProvider } from '#tests/openid-provider.ts'
import { freshServer } from '#tests/server.ts'
import { newAddress, unlimited } from './scene.ts'

// The provider is 127.0.0.1 and we are localhost: two sites, so whether the cookie of the journey comes back is the browser's word.
const provider = await freshOpenIdProvider({ reads: 'client_secret_post' })
const port = await freePort()
const here = `http://localhost:${port}`
const server = await freshServer(
  {
    PORT: `${port}`,
    PUBLIC_URL: here,
    OIDC_GOOGLE_ISSUER: provider.issuer,
    OIDC_GOOGLE_CLIENT_ID: provider.clientId,
    OIDC_GOOGLE_CLIENT_SECRET: provider.clientSecret,
  },
  [unlimited()],
)
const browser = await freshBrowser()

declare const supabase: { createClient(url: string, key: string, options?: object): SupabaseClient }
const client = { url: here, key: server.keys.anon }

test('Ada signs in by a provider in a real browser, says that she is 18, and is back where she began', async () => {
  const context = await browser.newContext({ bypassCSP: true }) // for the script tag; the server's own pages need none
  const page = await context.newPage()
  const open = async (address: string) => {
    await page.goto(address)
    await withSupabase()
  }
  const withSupabase = () => page.addScriptTag({ path: path.join(root, 'node_modules/@supabase/supabase-js/dist/umd/supabase.js') })
  const email = newAddress()
  provider.vouchFor({ sub: 'ada', email, email_verified: true, name: 'Ada L.' })

  await open(`${here}/api/docs`)
  const { url } = await page.evaluate(async ({ url, key }) => {
    const auth = supabase.createClient(url, key, { auth: { flowType: 'pkce' } }).auth
    const options = { redirectTo: `${url}/api/docs`, skipBrowserRedirect: true }
    return (await auth.signInWithOAuth({ provider: 'google', options })).data
  }, client)
  await page.goto(url!)
  assert.equal(page.url(), `${here}/auth/adult`)

  const back = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch('/auth/v1/callback/declaration', { method: 'POST', headers, body: JSON.stringify({ adult: true }) })
    return ((await answer.json()) as { redirect_to: string }).redirect_to
  })
  assert.match(back, new RegExp(`^${here}/api/docs\\?code=`))
  await open(`${here}/api/docs`)
  const session = await page.evaluate(
    async ({ url, key, code }) => {
      const auth = supabase.createClient(url, key, { auth: { flowType: 'pkce' } }).auth
      const { data, error } = await auth.exchangeCodeForSession(code)
      return { email: data.user?.email, error: error?.message, again: (await auth.exchangeCodeForSession(code)).error !== null }
    },
    { ...client, code: new URL(back).searchParams.get('code')! },
  )
  assert.deepEqual(session, { email, error: undefined, again: true })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}
