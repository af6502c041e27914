import path from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'
import { root } from '#platform/configuration/environment.ts'
import { unheld } from './unheld.ts'
import { shell } from './worker/shell.ts'

const from = path.join(root, 'app/web')
const publicDir = path.join(root, 'platform/web/public')

/** What a stranger sees before the app is there, and its looks. */
export const drawnForStrangers = path.join(from, 'stranger.ts')
export const stylesForStrangers = path.join(root, 'platform/web/frame/stranger.css')

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
      // A service worker is known by its address.
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
} satisfies InlineConfig
