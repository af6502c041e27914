import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after } from 'node:test'
import { brotliDecompressSync } from 'node:zlib'
import { chromium, type Browser, type LaunchOptions } from 'playwright-core'
import { root } from '#platform/configuration/environment.ts'

// The real browser of our tests: CHROMIUM, if it names one; on Linux x64 the one that comes with npm, so that `npm test` needs
// nothing else; elsewhere the Chrome that is installed.

/** With nothing in it, and open until the test file is through. Flags such as --use-fake-device-for-media-stream go into `args`. */
export async function freshBrowser({ args = [] }: { args?: string[] } = {}): Promise<Browser> {
  if (kept && args.length === 0) return emptied(kept)
  const browser = await chromium.launch({ ...whichOne(), args })
  after(() => browser.close())
  return browser
}

let kept: { browser?: Browser } | undefined

/** From now on the files of this process have one browser, one after the other, unless they ask for flags: what belongs to somebody is in a context, and that ends. Gives back what closes it. */
export function oneBrowser(): () => Promise<void> {
  const one: NonNullable<typeof kept> = (kept = {})
  return async () => one.browser?.close()
}

async function emptied(one: NonNullable<typeof kept>): Promise<Browser> {
  if (!one.browser?.isConnected()) one.browser = await chromium.launch(whichOne())
  const { browser } = one
  after(() => Promise.all(browser.contexts().map((context) => context.close())))
  return browser
}

function whichOne(): LaunchOptions {
  const named = process.env['CHROMIUM']
  if (named) return { executablePath: named, chromiumSandbox: !isRoot }
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' }
  const folder = inflated()
  const env = { ...process.env, LD_LIBRARY_PATH: path.join(folder, 'lib'), FONTCONFIG_PATH: folder }
  return { executablePath: path.join(folder, 'chromium'), chromiumSandbox: false, env }
}
const isRoot = process.getuid?.() === 0 // Chromium's sandbox does not run as root

// The package's own inflating goes to one place for the whole machine, looks at no version, and two at once meet there.
function inflated(): string {
  const from = path.join(root, 'node_modules/@sparticuz/chromium')
  const { version } = JSON.parse(readFileSync(path.join(from, 'package.json'), 'utf8')) as { version: string }
  const cache = path.join(root, 'node_modules/.cache')
  const folder = path.join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const unfinished = mkdtempSync(`${folder}.`)
  const inflate = (name: string) => brotliDecompressSync(readFileSync(path.join(from, 'bin', name)))
  const binary = path.join(unfinished, 'chromium')
  writeFileSync(binary, inflate('chromium.br'))
  for (const archive of ['al2023.tar.br', 'swiftshader.tar.br', 'fonts.tar.br'])
    execFileSync('tar', ['x', '-C', unfinished], { input: inflate(archive) })
  writeFileSync(path.join(unfinished, 'fonts.conf'), fontsIn(path.join(folder, 'fonts')))
  for (const readable of [unfinished, binary]) chmodSync(readable, 0o755)
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(folder)) throw error // else another test file was faster
  }
  return folder
}

// The one in the package looks for them in /tmp.
const fontsIn = (folder: string) =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}</dir><cachedir>${folder}-cache</cachedir></fontconfig>`
