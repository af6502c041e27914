import { freshServer } from '#tests/server.ts'
import { test } from 'node:test'
import { somebody, unlimited } from './scene.ts'
const server = await freshServer({}, [unlimited()])
test('x', async () => {
  const m = await somebody(server)
  console.log((await m.device.auth.signOut({scope:'local'})).error?.message)
  console.log(await (await fetch(server.address+'/auth/v1/user')).text())
  for (const l of server.log) if (/"level":(40|50)/.test(l)) console.log(l)
})
