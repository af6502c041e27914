import type { Page } from 'playwright-core'
import { mailTo, password } from '#platform/identity/tests/scene.ts'
import type { TestServer } from '#tests/server.ts'

/** Where the latest mail to somebody leads. */
export async function linkTo(server: TestServer, email: string): Promise<string> {
  const { text } = await mailTo(server, email)
  const { pathname, search } = new URL(/https?:\/\/\S+/.exec(text)![0])
  return pathname + search
}

/** The same, as the outbox tells it to a program: what a mail says, and where it leads. */
export async function mailIn({ address }: TestServer, email: string): Promise<{ subject: string; link: string }> {
  const answer = await fetch(`${address}/outbox`, { headers: { accept: 'application/json' } })
  const mails = (await answer.json()) as { to: string; subject: string; text: string }[]
  const { subject, text } = mails.find(({ to }) => to === email)!
  return { subject, link: /https?:\/\/\S+/.exec(text)![0] }
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
export const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
export const isAt = (page: Page, path: string) => page.waitForURL((url) => url.pathname === path)

export async function typePassword(page: Page, email: string, given = password): Promise<void> {
  await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor() // other pages have such fields, too
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(given)
  await press(page, 'Sign in')
}

export async function fillNewAccount(page: Page, email: string, given = password): Promise<void> {
  await page.getByLabel('Name').fill('Ada Okafor')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(given)
  await page.getByLabel('I am 18 or older').check()
  await press(page, 'Make my account')
}

/** Whom the browser's cookie stands for. */
export const whoIn = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const answer = await fetch('/api/identity/account')
    const { email, code } = (await answer.json()) as { email?: string; code?: string }
    return email ?? code ?? 'nobody'
  })
