import path from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'
import { root } from '#platform/configuration/environment.ts'

export const viteConfig = {
  configFile: false,
  root: path.join(root, 'app/web'),
  publicDir: path.join(root, 'platform/web/public'),
  cacheDir: path.join(root, 'node_modules/.cache/vite'),
  plugins: [react()],
  logLevel: 'warn',
  build: { target: 'es2023', assetsInlineLimit: 0, manifest: true, cssMinify: true, reportCompressedSize: false },
} satisfies InlineConfig
