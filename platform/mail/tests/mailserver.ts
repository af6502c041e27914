import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { after } from 'node:test'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type Arrived = Email & { raw: string; envelope: { from: string; to: string[] } }
export type MailServer = {
  port: number
  url: string
  /** What it said "250, I have it" to. */
  accepted: Arrived[]
  /** As if its cable were pulled. */
  cut(): void
  close(): Promise<void>
}
/** What it does with a mail that has arrived whole: to throw is to say no. */
export type Judging = (mail: Arrived, server: MailServer) => void | Promise<void>

/** Says no to a mail, as a mail server does: by a number, and in words that hold the address. */
export const no = (responseCode: number) => Object.assign(new Error('5.1.1 <ada@example.test>: no such person here'), { responseCode })

/** A real mail server on loopback. */
export async function mailServer(judge: Judging = () => {}, options: SMTPServerOptions & { port?: number } = {}): Promise<MailServer> {
  const accepted: Arrived[] = []
  const sockets = new Set<Socket>()
  const { port: wanted = 0, ...own } = options
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    ...own,
    onData(stream, session, answer) {
      const take = async () => {
        const raw = await buffer(stream)
        const { mailFrom, rcptTo } = session.envelope
        const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) }
        const mail = { ...(await PostalMime.parse(raw)), raw: raw.toString('latin1'), envelope }
        await judge(mail, server)
        accepted.push(mail)
      }
      take().then(() => answer(), answer)
    },
  })
  smtp.on('error', () => {}) // a client that goes away in the middle is what some tests are about
  smtp.server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const listening = smtp.listen(wanted, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  const server: MailServer = {
    port,
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    cut: () => sockets.forEach((socket) => socket.destroy()),
    close: () => new Promise((closed) => smtp.close(closed)),
  }
  after(() => server.close())
  return server
}
