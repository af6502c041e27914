import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as z from 'zod/mini'
import { handle } from '#platform/operations/handle.ts'
import { operation } from '#platform/operations/operation.ts'
import type { Part } from '#platform/part.ts'
import { isHere } from '#platform/web/here.ts'
import { freshServer } from './server.ts'

const readPulse = operation({
  method: 'GET',
  path: '/care/pulse',
  summary: 'Whether somebody is there',
  who: 'anyone',
  output: z.object({ beats: z.boolean() }),
})
const care: Part = {
  name: 'care',
  api: { readPulse },
  handlers: [handle(readPulse, async () => ({ beats: true }))],
  serve: (app) => void app.get('/care/calendar', async () => 'nothing planned'),
}

for (const [env, there] of [
  [{}, true],
  [{ DOMAINS: 'speaking, care' }, true],
  [{ DOMAINS: 'speaking,practice' }, false],
] as const)
  test(`with ${JSON.stringify(env)} the operations and routes of care are ${there ? '' : 'not '}there, and not in the document either`, async () => {
    const { address } = await freshServer(env, [care])
    for (const path of ['/api/care/pulse', '/care/calendar'])
      assert.equal((await fetch(`${address}${path}`)).status, there ? 200 : 404, path)
    const { paths } = (await (await fetch(`${address}/api/openapi.json`)).json()) as { paths: object }
    assert.equal('/api/care/pulse' in paths || '/care/pulse' in paths, there)
    assert.equal((await fetch(`${address}/api/identity/me`)).status, 200, 'an organ is always there')
  })

test('what a browser has of a domain is not there where that is switched off', () => {
  assert.equal(isHere({ domain: 'care' }, []), true)
  assert.equal(isHere({ domain: 'care' }, ['practice', 'care']), false)
  assert.equal(isHere({}, ['practice', 'care']), true)
})
