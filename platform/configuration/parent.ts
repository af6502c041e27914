import { errno } from './errno.ts'

// A command is started by scripts/bootstrap.mjs, which a kill -9 can take away without a word. Whoever holds a
// database and a port then ends too, rather than living on unseen.
export function endWithParent(end: () => void): void {
  const parent = Number(process.env['VIVAVOCE_PARENT'])
  if (!parent) return
  setInterval(() => {
    if (!alive(parent)) end()
  }, 250).unref()
}

export function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errno(error) === 'EPERM'
  }
}
