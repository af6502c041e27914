import type { QueryClient } from '@tanstack/react-query'
import { lost } from './connection.ts'

// What a page knew is kept for this tab when it is left or reloaded, and shown again only while nobody answers: answers of
// operations that say so (`kept`), and no others. Gone with the tab, and when somebody signs out.
const place = 'vivavoce.answers'

let kept: Record<string, unknown> = {}

export function keepAnswers(client: QueryClient): void {
  kept = JSON.parse(sessionStorage.getItem(place) ?? '{}') as typeof kept
  sessionStorage.removeItem(place)
  window.addEventListener('pagehide', () => {
    const now = client
      .getQueryCache()
      .getAll()
      .flatMap(({ queryKey: [path, input], state: { data }, meta }) => {
        if (data === undefined || data === null || meta?.['kept'] !== true) return []
        return [[nameOf(path, input), isPaged(data) ? data.pages[0] : data] as const]
      })
    const text = JSON.stringify(Object.fromEntries(now))
    if (text.length < largest) sessionStorage.setItem(place, text)
  })
}
const largest = 1_000_000

/** What `answer` gives; where nobody answers, what was answered before. */
export async function orKept<T>(path: string, input: unknown, answer: () => Promise<T>): Promise<T> {
  try {
    return await answer()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error // fetch() throws it when nobody answers
    lost()
    const name = nameOf(path, input)
    if (!(name in kept)) throw error
    return kept[name] as T
  }
}

export function forgetAnswers(client: QueryClient): void {
  kept = {}
  client.clear()
}

const nameOf = (path: unknown, input: unknown = {}) => JSON.stringify([path, input])
const isPaged = (data: unknown): data is { pages: unknown[] } => typeof data === 'object' && data !== null && 'pageParams' in data
