import assert from 'node:assert/strict'
import { existsSync, globSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, test } from 'node:test'
import { parts } from '#app/domains.ts'
import { root } from '#platform/configuration/environment.ts'
import { handle } from '#platform/operations/handle.ts'
import { nothing, operation } from '#platform/operations/operation.ts'
import manifest from '../package.json' with { type: 'json' }
import { arrowFindings } from './architecture/arrows.ts'
import { crooked, illSpoken, straight, wellSpoken } from './architecture/faults.ts'
import { looksFindings } from './architecture/looks.ts'
import { type Api, partFindings } from './architecture/parts.ts'
import { isCode, tree } from './architecture/tree.ts'
import { staleExceptions, wordFindings } from './architecture/words.ts'
import { sample } from './sample/server.ts'

// The shape of the house (design, sections 1 and 8): what may know what, where things lie, what is never said.
const { files, empty } = tree()
const planted = 'tests/architecture/faults.ts'

describe('the house', () => {
  test('has arrows that point one way: app → domains → platform', () => {
    assert.deepEqual(files.filter((file) => isCode(file) && file.file !== planted).flatMap(arrowFindings), [])
  })

  test('says nothing it should not', () => {
    assert.deepEqual(files.filter(({ file }) => file !== planted).flatMap(wordFindings), [])
    assert.deepEqual(staleExceptions(files), [])
  })

  test('has no class that two parts say', () => {
    assert.deepEqual(looksFindings(files), [])
  })

  test('explains every organ and every domain in a README', () => {
    const folders = ['platform', 'domains'].flatMap((top) =>
      readdirSync(path.join(root, top), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? `${top}/${entry.name}` : [])),
    )
    assert.deepEqual(
      folders.filter((folder) => !existsSync(path.join(root, folder, 'README.md'))),
      [],
    )
  })

  test('keeps its tests in folders called tests', () => {
    const astray = files.filter(({ file }) => /\.(?:test|e2e)\.tsx?$/.test(file) && !file.split('/').includes('tests'))
    assert.deepEqual(
      astray.map(({ file }) => file),
      [],
    )
  })

  test('holds nothing empty', () => {
    assert.deepEqual(empty, [])
    assert.deepEqual(
      files.filter(({ text }) => text.trim() === '').map(({ file }) => file),
      [],
    )
  })

  test('has every operation handled once, below the name of its folder', async () => {
    const folders = globSync(['{platform,domains}/*/api.ts', 'tests/sample/api.ts'], { cwd: root }).map((file) => path.dirname(file))
    const apis = folders.map(
      async (folder): Promise<Api> => ({ folder, api: (await import(path.join(root, folder, 'api.ts'))) as Api['api'] }),
    )
    assert.deepEqual(partFindings(await Promise.all(apis), [...parts, sample]), [])
  })
})

describe('what is installed', () => {
  test('is pinned to one version', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest
    const loose = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      ([, version]) => !/^(?:npm:@?[\w/.-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
    )
    assert.deepEqual(loose, [])
  })

  test('comes from whichever registry npm is told: the lock file names none', () => {
    const lock = files.find(({ file }) => file === 'package-lock.json')!.text
    assert.deepEqual(lock.match(/"resolved"|\.tgz|registry\.[\w.]+/g) ?? [], [])
  })
})

// A check that never finds anything proves nothing.
describe('a fault is found:', () => {
  for (const [file, text, says] of crooked) test(says, () => assert.deepEqual(arrowFindings({ file, text }), [says]))

  test('no crooked arrow where all are straight', () => {
    for (const file of ['platform/jobs/a.ts', 'domains/care/a.ts', 'app/a.ts', 'scripts/a.ts', 'tests/a.ts'])
      assert.deepEqual(arrowFindings({ file, text: straight }), [])
    assert.deepEqual(arrowFindings({ file: 'domains/care/tests/a.test.ts', text: `import '#app/server.ts'` }), [])
  })

  test('a class that two parts say', () => {
    const [here, there] = [`/* its looks */ .row { margin: 0 }`, `@media print { .list .row { margin: 0 } .row:hover, a { color: red } }`]
    const said = (file: string, text: string) => ({ file, text })
    assert.equal(looksFindings([said('platform/web/parts/list.css', here), said('domains/care/web/list.css', there)]).length, 1)
    assert.deepEqual(looksFindings([said('domains/care/web/a.css', here), said('domains/care/web/b.css', there)]), [])
  })

  for (const [file, text, found] of illSpoken)
    test(`"${found}" in ${file}`, () => {
      const [finding = '', ...more] = wordFindings({ file, text: `\n${text}` })
      assert.ok(finding.startsWith(`${file}, line 2: "${found}" `), finding)
      assert.deepEqual(more, [])
    })

  test('no SQL built as text where values travel apart', () => {
    assert.deepEqual(wordFindings({ file: 'platform/a/b.ts', text: wellSpoken }), [])
  })

  const op = operation({ method: 'POST', path: '/elsewhere/x', summary: 'x', output: nothing })
  const part = (name: string, handlers = 1) => ({ name, api: { op }, handlers: Array(handlers).fill(handle(op, async () => ({}))) })
  const apis = (own: { api: Api['api'] }) => [{ folder: 'domains/care', api: own.api }]
  test('an operation below another folder’s name, handled twice', () => {
    const care = part('care', 2)
    assert.deepEqual(partFindings(apis(care), [care]), [
      'domains/care/api.ts: op has the path /elsewhere/x: begin it with /care/',
      'domains/care/api.ts: op has 2 handlers: write one in its server.ts',
    ])
  })
  test('an operation nobody handles, and one nobody exports', () => {
    const care = { ...part('care'), api: { op: operation({ method: 'GET', path: '/care/x', summary: 'x', output: nothing }) } }
    assert.deepEqual(partFindings(apis(care), [care]), [
      'domains/care/api.ts: op has 0 handlers: write one in its server.ts',
      'domains/care handles POST /elsewhere/x, which its api.ts does not export: export it there',
    ])
  })
  test('a folder without a part', () => {
    assert.deepEqual(partFindings(apis(part('care')), []), [
      "domains/care/api.ts is served by no part: add the folder's part to app/domains.ts",
    ])
  })
})
