import assert from 'node:assert/strict'
import { globSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { built, buildWeb } from '../build.ts'

// What is loaded, by what was built.
await buildWeb()
type Chunk = { file: string; css?: string[]; imports?: string[]; dynamicImports?: string[]; isEntry?: boolean; assets?: string[] }
const manifest = JSON.parse(readFileSync(path.join(built, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>

const first = withImports('index.html')
const zipped = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + gzipSync(readFileSync(path.join(built, file))).length, 0)
const scripts = (names: Iterable<string>) => new Set([...names].map((name) => manifest[name]!.file))
const styles = (names: Iterable<string>) => new Set([...names].flatMap((name) => manifest[name]!.css ?? []))
const ahead = Object.values(manifest).flatMap(({ file }) => (/stranger-.*\.css$/.test(file) ? [file] : [])) // within a stranger's page

test('the first load is at most 150 kB of JavaScript and 45 kB of CSS', () => {
  assert.ok(zipped(scripts(first)) <= 150_000, `${zipped(scripts(first))} bytes of JavaScript`)
  const css = zipped([...styles(first), ...ahead])
  assert.ok(css <= 45_000, `${css} bytes of CSS`)
})

// Its faces are in it (16 kB): what a server sends before it has waited twice for a word is 14 + 29 kB (RFC 6928, slow start).
test('what a stranger is shown first comes whole in one answer: at most 30 kB, of which 10 are no fonts', () => {
  assert.equal(ahead.length, 1)
  assert.ok(zipped(['stranger.html']) <= 30_000, `${zipped(['stranger.html'])} bytes`)
  const page = readFileSync(path.join(built, 'stranger.html'), 'utf8')
  const without = gzipSync(page.replaceAll(/"bytes":"[^"]+"/g, '')).length
  assert.ok(without <= 10_000, `${without} bytes without the fonts`)
})

// Beyond what is there already: the first load, and the page that asks for it where it is a later part of one.
describe('a further page is at most 60 kB, and what it loads later no more', () => {
  for (const name of Object.keys(manifest).filter((name) => manifest[name]!.file.endsWith('.js') && manifest[name]!.file !== 'sw.js'))
    test(name, { skip: first.has(name) }, () => {
      const asking = Object.keys(manifest).find((other) => !first.has(other) && manifest[other]!.dynamicImports?.includes(name))
      const there = asking === undefined ? first : withImports(asking, new Set(first))
      const more = [...withImports(name)].filter((name) => !there.has(name))
      const size = zipped([...scripts(more), ...styles(more).difference(styles(first))])
      assert.ok(size <= 60_000, `${size} bytes`)
    })
})

test('the fonts of one language are at most 120 kB', () => {
  const whole = globSync('**/*.woff2', { cwd: built }).filter((file) => /latin/.test(file) && !/latin-ext/.test(file))
  const first = globSync('../theme/first/*.woff2', { cwd: import.meta.dirname }) // within a stranger's page
  const fonts = [...whole.map((file) => path.join(built, file)), ...first.map((file) => path.join(import.meta.dirname, file))]
  const size = fonts.reduce((sum, file) => sum + statSync(file).size, 0)
  assert.ok(whole.length > 0 && first.length > 0 && size <= 120_000, `${size} bytes in ${fonts.join(', ')}`)
})

test('nothing that is built asks another origin for anything', () => {
  for (const file of globSync('**/*.{html,css,webmanifest}', { cwd: built })) {
    const text = readFileSync(path.join(built, file), 'utf8')
    assert.doesNotMatch(text, /(?:href|src|url\(|@import)\s*[=(]?\s*["']?(?:https?:)?\/\//, file)
  }
  for (const file of globSync('**/*.js', { cwd: built }))
    assert.doesNotMatch(
      readFileSync(path.join(built, file), 'utf8'),
      /(?:fetch|import|importScripts|Worker|open)\(\s*["'`](?:https?:)?\/\//,
      file,
    )
})

test('the service worker knows every file of the first load, and nothing that is said to somebody', () => {
  const worker = readFileSync(path.join(built, 'sw.js'), 'utf8')
  for (const file of [...scripts(first), ...styles(first)]) assert.ok(worker.includes(`/${file}`), file)
  assert.doesNotMatch(worker, /__SHELL__/)
})

function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen
  seen.add(name)
  for (const more of manifest[name]?.imports ?? []) withImports(more, seen)
  return seen
}
