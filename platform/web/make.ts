import { build } from 'vite'
import { viteConfig } from './vite.ts'

// `node make.ts FOLDER` builds the web app into it. A process of its own: Vite takes 150 MB, and changes NODE_ENV.
const [outDir] = process.argv.slice(2)
await build({ ...viteConfig, build: { ...viteConfig.build, outDir: outDir!, emptyOutDir: false } })
