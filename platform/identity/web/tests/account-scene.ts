import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Pages } from '#tests/pages.ts'
import { password } from '../../tests/scene.ts'

/** Somebody's own browser, signed in with their password just now, at a page. */
export async function signedIn(
  { open }: Pages,
  { email }: { email: string },
  path: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await open('/healthz', options)
  const status = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json', 'x-session': 'cookie' }
      return (await fetch('/auth/v1/token?grant_type=password', { method: 'POST', headers, body: JSON.stringify(body) })).status
    },
    { email, password },
  )
  if (status !== 200) throw new Error(`${email} was not let in: ${status}`)
  await page.goto(path)
  return page
}

/** As if they had signed in that long ago. */
export const longAgo = ({ server }: Pages, userId: string, howLong: string) =>
  Promise.all([
    server.db.sql(`update auth.sessions set created_at = created_at - $2::interval where user_id = $1`, [userId, howLong]),
    server.db.sql(
      `update auth.mfa_amr_claims set created_at = created_at - $2::interval, updated_at = updated_at - $2::interval
       where session_id in (select id from auth.sessions where user_id = $1)`,
      [userId, howLong],
    ),
  ])

/** Presses a button that asks first. */
export async function ask(page: Page, verb: string) {
  await page.getByRole('button', { name: verb }).click()
  return page.getByRole('dialog', { name: verb })
}

/** An authenticator in the browser that has no finger to press. What it holds is not offered by itself: the person asks for it. */
export async function holdsPasskeys(page: Page): Promise<void> {
  await page.addInitScript(() => (PublicKeyCredential.isConditionalMediationAvailable = async () => false))
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  })
}
