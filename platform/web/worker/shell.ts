import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

/** Writes into the service worker which files the app is made of, and a version that changes with any of them. */
export const shell = (publicDir: string): Plugin => ({
  name: 'shell',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const worker = bundle['sw.js']
    if (worker?.type !== 'chunk') throw new Error('the service worker was not built')
    const files = Object.keys(bundle).filter(isShell).sort()
    const version = createHash('sha256').update(worker.code)
    for (const file of [...files, 'index.html']) {
      const made = bundle[file]
      if (made) version.update(file).update(made.type === 'chunk' ? made.code : made.source)
    }
    const beside = readdirSync(publicDir).filter((file) => /\.(?:svg|webmanifest|js)$/.test(file))
    for (const file of beside) version.update(file).update(readFileSync(path.join(publicDir, file)))
    const list = { version: version.digest('hex').slice(0, 12), files: [...files, ...beside].map((file) => `/${file}`) }
    worker.code = worker.code.replaceAll('__SHELL__', JSON.stringify(list))
  },
})

const isShell = (file: string) => file.startsWith('assets/') && /\.(?:js|css|woff2|svg)$/.test(file)
