import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { root } from '#platform/configuration/environment.ts'

const source = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
type Violation = { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] }
declare const axe: { run(options: object): Promise<{ violations: Violation[] }> } | undefined

/** What axe finds wrong with the page as it is now: by WCAG 2.2 A and AA, and by what it calls best practice; or only with its colours. */
export async function faultsOf(page: Page, { of = 'everything' }: { of?: 'everything' | 'colours' } = {}): Promise<string[]> {
  if (await page.evaluate(() => typeof axe === 'undefined')) await page.evaluate(source)
  const options = { resultTypes: ['violations'], ...(of === 'colours' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {}) }
  const violations = await page.evaluate(async (options) => (await axe!.run(options)).violations, options)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary.replaceAll(/\s+/g, ' ')}`),
  )
}
