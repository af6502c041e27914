import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import type { WebPart } from '#platform/web/part.ts'

// The parts are data, and the pages in them load later; what a part brings at once is known here by its name alone.
registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.tsx')) return next(url, context)
    const names = [...readFileSync(new URL(url), 'utf8').matchAll(/^export (?:function|const) (\w+)/gm)]
    return { format: 'module', shortCircuit: true, source: names.map(([, name]) => `export const ${name} = () => null`).join('\n') }
  },
})

/** Every page's address, as the browser's one list of parts has them. */
export async function pagesOfAllParts(): Promise<string[]> {
  const { parts } = (await import('#app/web/parts.ts')) as { parts: readonly WebPart[] }
  return parts.flatMap(({ pages }) => Object.keys(pages))
}
