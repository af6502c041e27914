import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import react from '@vitejs/plugin-react'
import type { Somebody } from '#platform/identity/tests/cast.ts'
import { browserOf } from '#platform/identity/web/tests/administration-scene.ts'
import type { Part } from '#platform/part.ts'
import type { Pages } from '#tests/pages.ts'

/** The sample's page (sample-page.tsx), built and served beside the real ones, under the same rules. */
export async function sampleWeb(): Promise<Part> {
  const script = await builtPage()
  return {
    name: 'sample-web',
    serve(app) {
      const page =
        '<!doctype html><html lang="en"><title>Sample</title><div id="app"></div><script type="module" src="/sample/page.js"></script>'
      app.get('/sample/page', (_request, reply) => reply.type('text/html; charset=utf-8').send(page))
      app.get('/sample/page.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(script))
    },
  }
}

async function builtPage(): Promise<string> {
  const outDir = mkdtempSync(path.join(os.tmpdir(), 'vivavoce-sample-page-'))
  await build({
    configFile: false,
    root: import.meta.dirname,
    plugins: [react()],
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2023',
      minify: false,
      rolldownOptions: {
        input: path.join(import.meta.dirname, 'sample-page.tsx'),
        output: { entryFileNames: 'page.js', codeSplitting: false },
      },
    },
  })
  const script = readFileSync(path.join(outDir, 'page.js'), 'utf8')
  rmSync(outDir, { recursive: true })
  return script
}

export const talkOf = async (who: Somebody, ...others: Somebody[]): Promise<string> =>
  ((await who.post('/sample/talks', { people: others.map(({ id }) => id) })).body as { id: string }).id

export const says = (who: Somebody, talk: string, words = 'something') =>
  who.post(`/sample/talks/${talk}/lines`, { client_id: crypto.randomUUID(), words })

export const pageOf = (talk: string, more = '') => `/sample/page?talk=${talk}${more}`

/** Somebody's browser at a talk, listening. */
export async function listens(pages: Pages, who: Somebody, talk: string, more = ''): Promise<Page> {
  const page = await browserOf(pages, who, pageOf(talk, more))
  await isReady(page)
  return page
}

export async function tab(context: BrowserContext, talk: string, more = ''): Promise<Page> {
  const page = await context.newPage()
  await page.goto(pageOf(talk, more))
  await isReady(page)
  return page
}

export const isReady = (page: Page) => page.getByLabel('Line').first().filter({ hasText: 'ready' }).waitFor()
export const isWaiting = (page: Page) => page.getByLabel('Line').first().filter({ hasText: 'waiting' }).waitFor()

/** What was heard, once this was. */
export async function heard(page: Page, last: string): Promise<string[]> {
  const list = page.getByRole('list', { name: 'Heard' }).first().getByRole('listitem')
  await list.getByText(last, { exact: true }).first().waitFor()
  return list.allTextContents()
}
