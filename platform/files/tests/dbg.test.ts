import { test } from 'node:test'
import { scene } from './scene.ts'
import { uploads } from '#tests/bench/uploads.ts'
import { startProgram, temporaryFolder } from '#tests/processes.ts'
import pg from 'pg'
import { configure } from '#platform/configuration/environment.ts'
import { keysOf } from '#platform/configuration/keys.ts'
import { runningPostgres } from '#platform/database/embedded.ts'
import { clusterIn } from '#platform/database/installation.ts'
import { tokenFor } from '#tests/server.ts'
import { randomUUID } from 'node:crypto'
test('x', async () => {
  const dataDir = temporaryFolder()
  const server = startProgram(process.execPath, ['tests/sample/main.ts'], { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' })
  const address = await server.address
  const client = new pg.Client({ connectionString: `postgres://vivavoce@localhost/vivavoce?host=${await runningPostgres(clusterIn(dataDir))}` })
  await client.connect()
  const id = randomUUID()
  await client.query('insert into auth.users (id, email) values ($1, $2)', [id, `${id}@example.test`])
  await client.end()
  const token = await tokenFor(keysOf(configure({ DATA_DIR: dataDir })), id)
  for (let i=0;i<1;i++) console.log(await uploads({ port: Number(new URL(address).port), pid: server.pid }, token))
  server.process.kill('SIGTERM'); console.log((await server.ended).err)
})
