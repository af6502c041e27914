// Makes every command work in a fresh clone: installs what the lock file pins, then runs the given
// script under the pinned Node. This file itself must run under any Node >= 20, so it is plain JavaScript
// without dependencies.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const at = (...parts) => path.join(root, ...parts)
const stamp = at('node_modules', '.bootstrap-stamp')
const lock = at('.bootstrap.lock')
// With the tools, also where NODE_ENV says production: what is stamped as installed must be enough for every command.
const ci = ['ci', '--include=dev', '--include=optional']

try {
  if (!installed()) holding(lock, install)
} catch (error) {
  console.error(`vivavoce: ${error.message}`)
  process.exit(1)
}
run(process.argv.slice(2))

// npm's own node_modules/.package-lock.json cannot tell: `npm install --package-lock-only` rewrites it too.
function installed() {
  try {
    return readFileSync(stamp, 'utf8') === wanted()
  } catch {
    return false
  }
}

function wanted() {
  return createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .update(process.platform + process.arch)
    .digest('hex')
}

// Under npm's own Node, not the pinned one: `npm ci` deletes node_modules beneath it.
function install() {
  if (installed()) return
  const { npm_execpath: npm, npm_node_execpath: node = process.execPath, ...env } = process.env
  const done = npm
    ? spawnSync(node, [npm, ...ci], { cwd: root, stdio: ['ignore', 2, 2], env })
    : spawnSync('npm', ci, { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status !== 0) throw new Error('npm ci failed (see above); check the connection to the npm registry and try again')
  writeFileSync(stamp, wanted())
}

// Two commands at once: the second waits, then finds everything installed.
function holding(folder, work) {
  for (let said = false; ; ) {
    try {
      mkdirSync(folder)
      break
    } catch (error) {
      if (error.code === 'EACCES' || error.code === 'EROFS')
        throw new Error(`cannot write to ${root}; run "node scripts/bootstrap.mjs" once as its owner, or clone it where you may write`, {
          cause: error,
        })
      if (error.code !== 'EEXIST') throw error
    }
    if (abandoned(folder)) {
      rmSync(folder, { recursive: true, force: true })
      continue
    }
    if (!said) console.error('vivavoce: another install is running, waiting for it')
    said = true
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  try {
    writeFileSync(path.join(folder, 'pid'), `${process.pid}`)
    work()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// The holder was killed: its process is gone, or it never came to write its pid down.
function abandoned(folder) {
  try {
    const pid = Number(readFileSync(path.join(folder, 'pid'), 'utf8'))
    if (pid > 0) return !alive(pid)
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  try {
    return Date.now() - statSync(folder).mtimeMs > 10_000
  } catch {
    return true
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// npm forwards a signal to its shell only, and kill -9 reaches nobody: so the child is ended whenever the
// parent is gone. The child does the same for this process (platform/configuration/parent.ts).
function run(args) {
  if (args.length === 0) return
  const NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE ?? at('node_modules', '.cache', 'node') // a third of a second at every start
  const env = { ...process.env, NODE_COMPILE_CACHE, VIVAVOCE_PARENT: `${process.pid}` }
  const child = spawn(at('node_modules', '.bin', 'node'), args, { cwd: root, stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 250).unref()
  child.on('error', (error) => {
    console.error(`vivavoce: the pinned Node could not be started (${error.message}). Remove node_modules and try again.`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}
