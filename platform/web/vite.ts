import path from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig, Rolldown } from 'vite'
import { root } from '#platform/configuration/environment.ts'
import { unheld } from './unheld.ts'
import { shell } from './worker/shell.ts'

const from = path.join(root, 'app/web')
const publicDir = path.join(root, 'platform/web/public')

/** What a stranger sees before the app is there, and its looks. */
export const drawnForStrangers = path.join(from, 'stranger.ts')
export const stylesForStrangers = path.join(root, 'platform/web/frame/stranger.css')

// What many pages need comes in one file, and what many of a domain's pages need in another: a hundred small ones are a hundred requests
// (docs/decisions/0021-few-files.md). Looks come in one, in the order in which they are imported, whatever was opened before.
// What a group's modules need comes with them: the card is kept apart, or whoever shows one would fetch all of today.
const ofDomain = /\/domains\/(\w+)\//
const isSmall = 15_000 // bytes, as they are written
const ofMany: Rolldown.CodeSplittingGroup[] = [
  { name: 'looks', priority: 7, test: (id: string) => id.endsWith('.css') && id !== stylesForStrangers },
  { name: 'first', priority: 6, tags: ['$initial'], test: (id: string) => !id.includes('/web/worker/') && !id.endsWith('.css') },
  { name: 'shared', priority: 5, test: (id: string) => !ofDomain.test(id), minShareCount: 8, maxModuleSize: isSmall },
  { name: 'card', priority: 5, test: /\/parts\/card\.tsx$/ },
  { name: 'operations', priority: 4, test: /\/api(?:\/[\w-]+)?\.ts$/, minShareCount: 4 },
  { name: (id: string) => ofDomain.exec(id)?.[1] ?? null, debugName: 'a domain', priority: 3, minShareCount: 4, maxModuleSize: isSmall },
  { name: 'frame', priority: 2, test: /\/frame\/tools\.tsx$/ },
  { name: 'today', priority: 1, test: /\/today\.tsx$/ },
]

export const viteConfig = {
  configFile: false,
  root: from,
  publicDir,
  cacheDir: path.join(root, 'node_modules/.cache/vite'),
  plugins: [react(), unheld(), shell(publicDir)],
  logLevel: 'warn',
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    manifest: true,
    cssMinify: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        index: path.join(from, 'index.html'),
        stranger: stylesForStrangers,
        sw: path.join(root, 'platform/web/worker/worker.ts'),
      },
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'), // a service worker is known by its address
        codeSplitting: { groups: ofMany },
      },
    },
  },
} satisfies InlineConfig
