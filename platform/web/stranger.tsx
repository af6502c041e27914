import { renderToString } from 'react-dom/server'
import { createMemoryHistory } from '@tanstack/react-router'
import { title } from './frame/landing.tsx'
import type { WebPart } from './part.ts'
import { newQueryClient } from './read.ts'
import { routerOf } from './router.tsx'
import { asForStrangers, Whole } from './whole.tsx'

export type Drawn = { title: string; html: string }

/** What a stranger sees at `/`, as HTML. */
export async function drawnForStrangers(parts: readonly WebPart[]): Promise<Drawn> {
  const whole = { client: newQueryClient(), parts, router: routerOf(parts, createMemoryHistory()) }
  await asForStrangers(whole)
  return { title, html: renderToString(<Whole {...whole} />) }
}
