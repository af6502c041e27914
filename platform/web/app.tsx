import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Parts } from './frame/parts.ts'
import { keepTyped } from './frame/typed.ts'
import { installWorker } from './frame/version.ts'
import { keepAnswers } from './kept.ts'
import type { WebPart } from './part.ts'
import { newQueryClient } from './read.ts'
import { routerOf } from './router.tsx'
import { theme } from './theme/theme.ts'
import { learnWords } from './words.ts'
import './theme/styles.ts'

/** Puts the web app, made of its parts, into an element. */
export function openApp(element: HTMLElement, parts: readonly WebPart[]): void {
  for (const { words } of parts) learnWords(words ?? {})
  const client = newQueryClient()
  keepAnswers(client)
  keepTyped(client)
  installWorker()
  // Mantine's variables come from our own style sheet: a page with our Content-Security-Policy takes no inline styles.
  createRoot(element).render(
    <StrictMode>
      <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <Parts value={parts}>
            <RouterProvider router={routerOf(parts)} />
          </Parts>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
