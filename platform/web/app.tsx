import { createRoot, hydrateRoot } from 'react-dom/client'
import { watchConnection } from './connection.ts'
import { watchWhoIsHere } from './gone.ts'
import { keepTyped } from './frame/typed.ts'
import { installWorker } from './frame/version.ts'
import { keepAnswers } from './kept.ts'
import type { WebPart } from './part.ts'
import { newQueryClient } from './read.ts'
import { routerOf } from './router.tsx'
import { asForStrangers, Whole } from './whole.tsx'
import { learnWords } from './words.ts'
import './theme/styles.ts'

/** Puts the web app, made of its parts, into an element; or takes over what was drawn there for strangers. */
export async function openApp(element: HTMLElement, parts: readonly WebPart[]): Promise<void> {
  for (const { words } of parts) learnWords(words ?? {})
  watchConnection()
  const client = newQueryClient()
  watchWhoIsHere(client)
  keepAnswers(client)
  keepTyped(client)
  installWorker()
  const whole = { client, parts, router: routerOf(parts) }
  if (!element.firstElementChild) return createRoot(element).render(<Whole {...whole} />)
  await asForStrangers(whole)
  hydrateRoot(element, <Whole {...whole} />)
}
