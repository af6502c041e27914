import { StrictMode } from 'react'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Parts } from './frame/parts.ts'
import { me } from './me.ts'
import type { WebPart } from './part.ts'
import type { routerOf } from './router.tsx'
import { theme } from './theme/theme.ts'

export type WholeProps = { client: QueryClient; parts: readonly WebPart[]; router: ReturnType<typeof routerOf> }

// Mantine's variables come from our own style sheet: a page with our Content-Security-Policy takes no inline styles.
export const Whole = ({ client, parts, router }: WholeProps) => (
  <StrictMode>
    <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <Parts value={parts}>
          <RouterProvider router={router} />
        </Parts>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>
)

/** As a stranger's first page is drawn, ahead of time and when the app takes it over: alike, or React would draw it anew. */
export async function asForStrangers({ client, router }: WholeProps): Promise<void> {
  client.setQueryData(me.queryKey, null, { updatedAt: 0 }) // no cookie came along; asked all the same
  router.ssr = { manifest: undefined } // so it leaves out what a server leaves out
  await router.load()
}
