import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Configuration } from '#platform/configuration/environment.ts'
import { CannotStart } from '#platform/configuration/stop.ts'

/** Opens the port, and says which one it is. */
export async function listen(app: FastifyInstance, { port, host }: Configuration): Promise<number> {
  try {
    await app.listen({ port, host, listenTextResolver: () => 'listening' })
    return (app.server.address() as AddressInfo).port
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'EADDRINUSE') throw new CannotStart(`port ${port} on ${host} is already in use; stop the other program or set PORT`)
    if (code === 'EACCES') throw new CannotStart(`port ${port} may not be opened by this user; set PORT to one above 1023`)
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new CannotStart(`HOST ${host} is not an address of this machine; use 127.0.0.1, or 0.0.0.0 for all`)
    throw error
  }
}
