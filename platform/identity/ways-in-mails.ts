import type { Tx } from '#platform/database/conversation.ts'
import { mailKind } from '#platform/mail/kind.ts'
import { sendMail } from '#platform/mail/send.ts'

// Whoever's ways in change hears of it at their address, in case it was not they. Nothing somebody else can choose stands in it.
export const waysInMail = mailKind({ name: 'identity.ways-in', mandatory: true, says: 'Changes to how you sign in' })

const tell =
  (subject: string, ...paragraphs: string[]) =>
  (db: Tx<'service_role'>, userId: string) =>
    sendMail(db, {
      to: { userId },
      kind: waysInMail,
      content: {
        subject,
        greeting: 'Hello,',
        paragraphs,
        footnote: 'If it was not you, sign in, look at “Sign-in and security”, and tell the people who run this place.',
      },
    })

export const mailPasskeyAdded = tell('A passkey was added', 'From now on a new passkey opens your Vivavoce account.')
export const mailPasskeyRemoved = tell('A passkey was removed', 'One of your passkeys no longer opens your Vivavoce account.')
export const mailPasskeyCopied = tell(
  'A passkey was refused',
  'Somebody signed in with a passkey of yours that counts its uses, and it counted backwards. That happens when a passkey was copied. It was refused.',
  'If you did not restore a backup of that key, remove the passkey from your account.',
)
export const mailCodesMade = tell(
  'New recovery codes were made',
  'Your Vivavoce account has ten new recovery codes. Older ones no longer work.',
)
export const mailCodeUsed = tell(
  'A recovery code was used',
  'Somebody, most likely you, used a recovery code instead of the second factor of your Vivavoce account. It will not work again.',
)
export const mailProviderLinked = tell(
  'Another way to sign in was added',
  'From now on an account that you have elsewhere opens your Vivavoce account, too.',
)
export const mailProviderUnlinked = tell(
  'A way to sign in was removed',
  'An account that you have elsewhere no longer opens your Vivavoce account.',
)
