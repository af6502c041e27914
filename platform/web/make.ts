import { globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build, createServer, type Manifest } from 'vite'
import { isPressed, pressed } from './press.ts'
import type { Drawn } from './stranger.tsx'
import { firstFaces } from './theme/first/faces.ts'
import { drawnForStrangers, stylesForStrangers, viteConfig } from './vite.ts'

// `node make.ts FOLDER` builds the web app into it. A process of its own: Vite takes 150 MB, and changes NODE_ENV.
const [outDir] = process.argv.slice(2) as [string]
const made = (file: string) => readFileSync(path.join(outDir, file), 'utf8')
await build({ ...viteConfig, build: { ...viteConfig.build, outDir, emptyOutDir: false } })
writeFileSync(path.join(outDir, 'stranger.html'), await strangersPage())
for (const file of globSync(`${outDir}/{*,assets/*}.*`).filter(isPressed)) {
  const { gzip, br } = pressed(readFileSync(file))
  writeFileSync(`${file}.gz`, gzip)
  writeFileSync(`${file}.br`, br)
}

// The shell with something in it; the app and its styles are asked for later (docs/decisions/0014-a-strangers-first-page.md).
async function strangersPage(): Promise<string> {
  const { title, html } = await drawn()
  const manifest = Object.values(JSON.parse(made('.vite/manifest.json')) as Manifest)
  const { file: app, css: [styles] = [] } = manifest.find(({ src }) => src === 'index.html')!
  const first = manifest.find(({ src = '' }) => stylesForStrangers.endsWith(src.replaceAll('../', '')))!
  const scripts = `${firstFaces()}\n${made('first.js').trim()}`
  return made('index.html')
    .replaceAll(/\s*<(?:script type="module"|link rel="(?:modulepreload|stylesheet)").*>/g, '')
    .replaceAll(/<link rel="preload".*>/g, '<noscript>$&</noscript>')
    .replace('<script src="/first.js">', () => `<script data-app="/${app}" data-styles="/${styles}">${scripts}`)
    .replace(/<title>.*<\/title>/, `<title>${title}</title>`)
    .replace('</head>', (end) => `<style>${made(first.file).trim()}</style>\n  ${end}`)
    .replace('<div id="app">', (start) => start + html)
}

async function drawn(): Promise<Drawn> {
  const server = { middlewareMode: true, hmr: false, ws: false, watch: null } as const
  const vite = await createServer({ ...viteConfig, appType: 'custom', server, optimizeDeps: { noDiscovery: true } })
  const { stranger } = (await vite.ssrLoadModule(drawnForStrangers)) as { stranger: Drawn }
  await vite.close()
  return stranger
}
