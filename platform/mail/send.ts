import { randomUUID } from 'node:crypto'
import type { Tx } from '#platform/database/conversation.ts'
import { later } from '#platform/jobs/later.ts'
import type { Content } from './content.ts'
import { htmlOf } from './html.ts'
import { sendMessage } from './jobs.ts'
import type { Kind } from './kind.ts'
import { textOf } from './text.ts'

export type Mail = {
  /** Somebody with an account, where it says so or at another address of theirs; or a bare address. */
  to: { userId: string; address?: string | undefined } | { address: string }
  kind: Kind
  content: Content
  /** An appointment that mail programs take into the calendar: iCalendar text with its METHOD. */
  calendar?: string
}

/** Writes a mail that is sent when the transaction commits, and gives its id. It is not sent to somebody who does not want mails of this kind. */
export async function sendMail(db: Tx<'service_role'>, { to, kind, content, calendar }: Mail): Promise<string> {
  const id = randomUUID()
  const said = fit(kind, content)
  const goesOut = await db.call('private.write_mail', {
    id,
    kind: kind.name,
    mandatory: kind.mandatory,
    subject: said.subject,
    text: textOf(said),
    html: htmlOf(said),
    person: 'userId' in to ? to.userId : undefined,
    address: to.address,
    calendar,
  })
  if (goesOut) await later(db, sendMessage, { id })
  return id
}

function fit({ mandatory, says }: Kind, content: Content): Content {
  if (content.action && !/^https?:\/\//.test(content.action.url)) throw new LinkIsNotHttp()
  if (mandatory) return content
  const choice = `You can switch off “${says}” in your settings.`
  return { ...content, footnote: content.footnote === undefined ? choice : `${content.footnote}\n\n${choice}` }
}

/** A link of another kind (javascript:, data:) is an open door in whatever shows the mail. */
export class LinkIsNotHttp extends Error {
  code = 'link_is_not_http'
}
