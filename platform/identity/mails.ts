import type { Tx } from '#platform/database/conversation.ts'
import type { Content } from '#platform/mail/content.ts'
import { mailKind } from '#platform/mail/kind.ts'
import { sendMail } from '#platform/mail/send.ts'

// What we write to people about their account. Nothing that somebody else can choose (a name, a link of theirs) stands in them.
const signIn = mailKind({ name: 'identity.sign-in', mandatory: true, says: 'Links and codes that you asked for' })
const security = mailKind({ name: 'identity.security', mandatory: true, says: 'Changes that concern the security of your account' })
export const identityMails = [signIn, security]

type Db = Tx<'service_role'>
type To = { userId: string; address?: string }
type Way = { link: string; code: string }

const lasts = 'The link and the code are good for one hour, and for one use.'
const notYou = 'If you did not ask for this, you need not do anything: without this mail nobody can use it.'
const hello = 'Hello,'

const write = (kind: typeof signIn, content: (way: Way) => Content) => (db: Db, to: To, way: Way) =>
  sendMail(db, { to, kind, content: content(way) })
const tell = (content: Content) => (db: Db, to: To) => sendMail(db, { to, kind: security, content })

export const mailConfirmation = write(signIn, ({ link, code }) => ({
  subject: 'Confirm your e-mail address',
  greeting: hello,
  paragraphs: ['Welcome to Vivavoce. Please confirm that this address is yours; then your account is ready.'],
  action: { label: 'Confirm my address', url: link },
  code,
  footnote: `${lasts} ${notYou}`,
}))

export const mailMagicLink = write(signIn, ({ link, code }) => ({
  subject: 'Your link to sign in',
  greeting: hello,
  paragraphs: ['Here is the link to sign in to Vivavoce.'],
  action: { label: 'Sign in', url: link },
  code,
  footnote: `${lasts} ${notYou}`,
}))

export const mailRecovery = write(signIn, ({ link, code }) => ({
  subject: 'Set a new password',
  greeting: hello,
  paragraphs: ['Somebody, most likely you, asked for a new password for your Vivavoce account.'],
  action: { label: 'Set a new password', url: link },
  code,
  footnote: `${lasts} ${notYou}`,
}))

export const mailInvitation = write(signIn, ({ link, code }) => ({
  subject: 'You are invited to Vivavoce',
  greeting: hello,
  paragraphs: ['An account at Vivavoce was made for this address. Follow the link to accept it and to choose a password.'],
  action: { label: 'Accept the invitation', url: link },
  code,
  footnote: `${lasts} If you do not know what this is about, you need not do anything.`,
}))

export const mailOldAddress = write(security, ({ link, code }) => ({
  subject: 'Your e-mail address is to be changed',
  greeting: hello,
  paragraphs: [
    'You asked to change the address of your Vivavoce account. Please allow it here, and confirm it in the mail that went to the new address.',
  ],
  action: { label: 'Allow the change', url: link },
  code,
  footnote: `${lasts} If it was not you who asked, change your password: somebody is signed in as you.`,
}))

export const mailNewAddress = write(signIn, ({ link, code }) => ({
  subject: 'Confirm your new e-mail address',
  greeting: hello,
  paragraphs: ['Please confirm that this is to be the address of your Vivavoce account. A second mail went to the address it has now.'],
  action: { label: 'Confirm the new address', url: link },
  code,
  footnote: `${lasts} ${notYou}`,
}))

export const mailCode = (db: Db, to: To, code: string) =>
  sendMail(db, {
    to,
    kind: signIn,
    content: {
      subject: 'Your code',
      greeting: hello,
      paragraphs: ['To go on, type this code where you were asked for it.'],
      code,
      footnote: 'It is good for one hour, and for one use. Give it to nobody: we never ask for it by mail or telephone.',
    },
  })

export const mailAlreadyHere = (db: Db, to: To, signInAt: string) =>
  sendMail(db, {
    to,
    kind: security,
    content: {
      subject: 'You already have an account',
      greeting: hello,
      paragraphs: [
        'Somebody, most likely you, tried to make a Vivavoce account with this address. There is one already: just sign in. If you forgot your password, you can set a new one there.',
      ],
      action: { label: 'Sign in', url: signInAt },
      footnote: 'If it was not you, you need not do anything. Nothing was changed.',
    },
  })

export const mailPasswordChanged = tell({
  subject: 'Your password was changed',
  greeting: hello,
  paragraphs: ['The password of your Vivavoce account was just changed, and every other device was signed out.'],
  footnote: 'If it was not you, set a new password at once by “Forgot your password?”, and tell the people who run this place.',
})

export const mailAddressChanged = tell({
  subject: 'Your e-mail address was changed',
  greeting: hello,
  paragraphs: ['The address of your Vivavoce account was just changed. From now on you sign in with the new one.'],
  footnote: 'If it was not you, tell the people who run this place.',
})

export const mailFactorAdded = tell({
  subject: 'A second factor was added',
  greeting: hello,
  paragraphs: ['From now on, signing in to your Vivavoce account asks for a code of your authenticator app, too.'],
  footnote: 'If it was not you, tell the people who run this place.',
})

export const mailFactorRemoved = tell({
  subject: 'A second factor was removed',
  greeting: hello,
  paragraphs: ['An authenticator app was removed from your Vivavoce account.'],
  footnote: 'If it was not you, change your password, and tell the people who run this place.',
})
