import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { claimDataDir, inspectDataDir } from '../data.ts'

const asRoot = process.getuid?.() === 0

test('a missing folder is made, closed to everybody else, and empty again but for the lock when released', async (t) => {
  const folder = path.join(temporary(t), 'far', 'away')
  assert.equal(inspectDataDir(folder), 'missing')
  const claim = await claimDataDir(folder)
  assert.equal(fs.statSync(folder).mode & 0o777, 0o700)
  assert.equal(fs.readFileSync(path.join(folder, 'vivavoce.pid'), 'utf8'), `${process.pid}\n`)
  claim.release()
  assert.deepEqual(fs.readdirSync(folder), ['vivavoce.lock'])
  assert.equal(inspectDataDir(folder), 'ours')
})

test('a folder serves one server at a time, also within one process', async (t) => {
  const folder = temporary(t)
  const claim = await claimDataDir(folder)
  await assert.rejects(claimDataDir(folder), inUseBy(folder, process.pid))
  claim.release()
  const again = await claimDataDir(folder)
  again.release()
})

test('the lock of a server killed with -9 is free at once', async (t) => {
  const folder = temporary(t)
  const other = await claimElsewhere(t, folder)
  assert.equal(other.said(), 'claimed\n')
  await assert.rejects(claimDataDir(folder), inUseBy(folder, other.pid))
  await other.kill()
  const claim = await claimDataDir(folder)
  claim.release()
})

test('of five servers started at once one gets the folder', async (t) => {
  const folder = temporary(t)
  const servers = await Promise.all([1, 2, 3, 4, 5].map(() => claimElsewhere(t, folder)))
  const said = servers.map((server) => server.said().trim()).sort()
  assert.equal(said.filter((line) => line === 'claimed').length, 1)
  assert.equal(
    said.filter((line) => /^another server already uses .* \(pid (\d+|unknown)\); stop it or set another DATA_DIR$/.test(line)).length,
    4,
  )
})

test('the garbage collector does not release a claim that nobody looks at', async (t) => {
  const folder = temporary(t)
  const other = await claimElsewhere(t, folder, { afterwards: 'for (let n = 0; n < 5; n += 1) { await new Promise(setImmediate); gc() }' })
  await assert.rejects(claimDataDir(folder), inUseBy(folder, other.pid))
})

test('a folder with files of somebody else is refused and left alone', async (t) => {
  const folder = temporary(t)
  fs.writeFileSync(path.join(folder, 'thesis.txt'), 'mine')
  await assert.rejects(claimDataDir(folder), cannotStart(`${folder} holds files that are not Vivavoce's; set DATA_DIR to an empty folder`))
  assert.deepEqual(fs.readdirSync(folder), ['thesis.txt'])
})

test('a folder with one of our marks is ours, whatever else it holds', async (t) => {
  for (const mark of ['postgres', 'keys', 'files']) {
    const folder = temporary(t)
    fs.writeFileSync(path.join(folder, 'notes.txt'), '')
    fs.mkdirSync(path.join(folder, mark))
    const claim = await claimDataDir(folder)
    claim.release()
  }
})

test('a fresh volume counts as empty', (t) => {
  const folder = temporary(t)
  fs.mkdirSync(path.join(folder, 'lost+found'))
  assert.equal(inspectDataDir(folder), 'empty')
})

test('a file in the way is named', async (t) => {
  const file = path.join(temporary(t), 'file')
  fs.writeFileSync(file, '')
  for (const folder of [file, path.join(file, 'below')])
    await assert.rejects(claimDataDir(folder), cannotStart(`${folder} is not a folder; set DATA_DIR to one`))
})

test('where not even root may create a folder, it says so', { skip: process.platform !== 'linux' }, async () => {
  await assert.rejects(
    claimDataDir('/sys/vivavoce'),
    cannotStart(/^cannot create \/sys\/vivavoce \(E[A-Z]+: .*\); create it for this user, or set another DATA_DIR$/),
  )
})

test('a folder that another user may not use is refused in one line that says what to do', async (t) => {
  const home = temporary(t)
  const folder = path.join(home, 'data')
  const refusal = async () => (await claimElsewhere(t, folder, { asAnother: true })).said()
  fs.chmodSync(home, 0o755)
  if (!asRoot) fs.chmodSync(home, 0o555)
  assert.match(await refusal(), /^cannot create .* \(EACCES: .*\); create it for this user, or set another DATA_DIR\n$/)

  fs.chmodSync(home, 0o755)
  fs.mkdirSync(folder, { mode: 0o555 })
  assert.match(
    await refusal(),
    /^cannot write to .* \(unable to open database file\); let this user write there, or set another DATA_DIR\n$/,
  )

  fs.chmodSync(folder, 0o755)
  fs.writeFileSync(path.join(folder, 'vivavoce.lock'), '')
  fs.writeFileSync(path.join(folder, 'vivavoce.pid'), '1')
  fs.chmodSync(folder, 0o555)
  assert.match(await refusal(), /^cannot write to .* \(.*\); let this user write there, or set another DATA_DIR\n$/)

  fs.chmodSync(folder, 0o300)
  assert.match(await refusal(), /^cannot read .* \(EACCES: .*\); let this user read and write it, or set another DATA_DIR\n$/)
})

function temporary(t: TestContext): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'data-test-'))
  t.after(() => {
    if (!asRoot) for (const each of [folder, path.join(folder, 'data')]) if (fs.existsSync(each)) fs.chmodSync(each, 0o700)
    fs.rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

// A server in a process of its own, which says "claimed" and stays, or says why not.
async function claimElsewhere(t: TestContext, folder: string, { afterwards = '', asAnother = false } = {}) {
  const script = `
    const { claimDataDir } = await import('${import.meta.resolve('../data.ts')}')
    ${asAnother && asRoot ? 'process.setgroups([]); process.setgid(1); process.setuid(1)' : ''}
    try { await claimDataDir('${folder}') } catch (error) { console.log(error.name === 'CannotStart' ? error.message : error); process.exit() }
    ${afterwards}
    console.log('claimed')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => child.kill('SIGKILL'))
  const ended = new Promise((resolve) => child.once('close', resolve))
  let said = ''
  const spoke = new Promise((resolve) => {
    // A warning of Node's about its SQLite would be heard here.
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => resolve((said += text)))
  })
  await Promise.race([spoke, ended])
  return {
    pid: Number(child.pid),
    said: () => said,
    kill() {
      child.kill('SIGKILL')
      return ended
    },
  }
}

function inUseBy(folder: string, pid: number): object {
  return cannotStart(`another server already uses ${folder} (pid ${pid}); stop it or set another DATA_DIR`)
}

function cannotStart(message: string | RegExp): object {
  return { name: 'CannotStart', message }
}
