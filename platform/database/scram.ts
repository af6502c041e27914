import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'

// What PostgreSQL keeps instead of a password (RFC 5803). Made here, because a plain password inside a statement may end
// up in the server's log, and these lines are also printed for administrators.
export function verifier(password: string, salt = randomBytes(16), iterations = 4096): string {
  const salted = pbkdf2Sync(prepared(password), salt, iterations, 32, 'sha256')
  const key = (name: string) => createHmac('sha256', salted).update(name).digest()
  const storedKey = createHash('sha256').update(key('Client Key')).digest('base64')
  const serverKey = key('Server Key').toString('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}

export function verifies(stored: string, password: string): boolean {
  const [, iterations, salt] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(stored) ?? []
  return salt !== undefined && verifier(password, Buffer.from(salt, 'base64'), Number(iterations)) === stored
}

// SASLprep as far as it changes a sensible password; clients do the same.
function prepared(password: string): string {
  return password.normalize('NFKC')
}
