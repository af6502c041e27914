import type { FastifyRequest } from 'fastify'
import type { Configuration } from '#platform/configuration/environment.ts'
import { onThisMachine } from './health.ts'

// What is for whoever sits at the machine and for nobody else: the demo world, signing in with one click, the outbox.

/** Whether this server is somebody's own: nobody else can reach it, and nobody relies on it. */
export const isPersonal = ({ host, production }: Pick<Configuration, 'host' | 'production'>) => isLoopback(host) && !production

/** Asked from this machine, and by a name of its own: a page from elsewhere may send us its visitors by a name that it owns and that leads here (DNS rebinding). */
export function askedHere(request: FastifyRequest): boolean {
  const { host = '' } = request.headers
  return onThisMachine(request) && URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname)
}

/** Of a host as it stands in an address. */
export const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
