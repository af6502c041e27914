import { unescape } from 'node:querystring'
import type { NodemailerError, SMTPTransportOptions } from 'nodemailer'
import type { Configuration } from '#platform/configuration/environment.ts'
import { isLoopback } from '#platform/operations/here.ts'

export type Letter = { id: string; address: string; subject: string; text: string; html: string; calendar?: string | null }
export type Posting = Pick<Configuration, 'smtpUrl' | 'mailFrom' | 'publicUrl'> & { signal: AbortSignal; patience?: Patience }

/** Hands a mail to the server at SMTP_URL. It has the mail once this resolves; NotSent says why it does not. */
export async function post(letter: Letter, { smtpUrl, mailFrom, publicUrl, signal, patience = usual }: Posting): Promise<void> {
  if (smtpUrl === undefined) throw new NotSent('smtp_url_is_not_set', { forGood: true })
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({ ...serverAt(smtpUrl), ...patience, disableFileAccess: true, disableUrlAccess: true })
  try {
    await transport.sendMail({
      messageId: `<${letter.id}@${new URL(publicUrl).hostname}>`,
      from: mailFrom,
      to: { name: '', address: letter.address },
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      ...appointmentIn(letter),
      headers: { 'Auto-Submitted': 'auto-generated' }, // asks machines not to answer (RFC 3834)
      signal,
    })
  } catch (error) {
    throw notSent(error)
  }
}

// As a third reading of the letter, beside text and HTML, with its method in the header: what mail programs look for (RFC 6047).
const appointmentIn = ({ calendar }: Letter) =>
  calendar ? { icalEvent: { method: /\nMETHOD:(\w+)/.exec(calendar)![1]!, content: calendar, filename: 'meeting.ics' } } : {}

export type Patience = Required<Pick<SMTPTransportOptions, 'dnsTimeout' | 'connectionTimeout' | 'greetingTimeout' | 'socketTimeout'>>
const usual: Patience = { dnsTimeout: 10_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

// smtps:// is TLS from the first byte; smtp:// is raised to TLS where the server offers it, and nothing else will do where
// a password is to be sent. On this machine there is nobody to hide from, and a mail server there seldom has a certificate.
function serverAt(smtpUrl: string): SMTPTransportOptions {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl)
  const secure = protocol === 'smtps:'
  const here = isLoopback(hostname)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : secure ? 465 : 587,
    secure,
    ignoreTLS: !secure && here,
    requireTLS: !secure && !here && password !== '',
    ...(username ? { auth: { user: unescape(username), pass: unescape(password) } } : {}),
  }
}

/** Why a mail could not be handed over, as a name: what a mail server says holds addresses. */
export class NotSent extends Error {
  code: string
  forGood: boolean
  constructor(code: string, { forGood }: { forGood: boolean }) {
    super('a mail was not sent')
    this.code = code
    this.forGood = forGood
  }
}

// For good, if the server said no to this very mail. What it says to our greeting, our TLS or our password is for the
// operator to put right.
function notSent(error: unknown): NotSent {
  const { name, code = name, originalCode = code, responseCode, permanent = false } = error as NodemailerError
  const said = responseCode === undefined || code === 'ETLS' ? originalCode : `smtp_${responseCode}`
  return new NotSent(said, { forGood: permanent && (code === 'EENVELOPE' || code === 'EMESSAGE') })
}
