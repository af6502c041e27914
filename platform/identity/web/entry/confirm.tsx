import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Form } from '#platform/web/parts/form.tsx'
import { refusalIn } from '#platform/web/words.ts'
import { auth } from '../gotrue.ts'
import { AskForMail } from './ask-for-mail.tsx'
import { Besides, ComingIn, Quietly } from './coming-in.tsx'
import { useGoOn } from './led-on.tsx'
import { LookIntoYourMail } from './look-into-your-mail.tsx'
import type { MailType } from './mail.ts'
import { ours, useAsked, useNext, withNext } from './next.ts'
import { useProof } from './proof.ts'

type LinkType = keyof typeof links

/** Where the links in our mails lead. It asks for a press, for mail scanners open every link, and each works once. */
export function Confirm() {
  const asked = useAsked()
  const token = asked('token_hash')
  const type = Object.hasOwn(links, asked('type') ?? '') ? (asked('type') as LinkType) : undefined
  const next = useNext(type === 'email_change' ? '/account' : undefined)
  const [goOn, choose] = [useGoOn(next), useGoOn(withNext('/new-password', next))]
  const leaves = leavesUs(token ?? '', asked('next'))
  const act = useProof(
    async (then: Then) => (leaves ? follow({ token: token!, type: type!, next: asked('next')! }) : verify(token!, type!, then)),
    (done) => (done === 'password' ? choose() : done === 'next' && goOn()),
  )
  if (act.done === 'half') return <OtherMailToo />
  if (!token || !type || refusalIn(act.refusal)?.code === 'otp_expired') return <NotGoodAnyMore type={type ?? 'magiclink'} next={next} />
  const { title, lead, verb } = links[type]
  return (
    <ComingIn title={title} lead={lead}>
      <Form act={act} submit={verb} into={() => (choosesPassword.has(type) ? 'password' : 'next')} />
      {type === 'signup' && (
        <Besides>
          <Quietly>
            Whoever made this account chose a password for it. If that was not you, they know it: set one of your own, and theirs opens
            nothing.
          </Quietly>
          {leaves ? (
            <Link to="/forgot">Set a new password</Link>
          ) : (
            <Button variant="default" fullWidth loading={act.busy} onClick={() => act.run('password')}>
              Confirm it, and set a new password
            </Button>
          )}
        </Besides>
      )}
    </ComingIn>
  )
}

const links = {
  signup: { title: 'Confirm your address', lead: 'Press the button, and your account is ready.', verb: 'Confirm my address' },
  email: { title: 'Sign in', lead: 'You followed a link from our mail.', verb: 'Sign me in' },
  magiclink: { title: 'Sign in', lead: 'You followed a link from our mail.', verb: 'Sign me in' },
  recovery: { title: 'Set a new password', lead: 'You will be signed in, and choose a new password next.', verb: 'Go on' },
  invite: {
    title: 'You are invited',
    lead: 'An account was made for you. Accept it, and choose a password next.',
    verb: 'Accept the invitation',
  },
  email_change: {
    title: 'Change the address',
    lead: 'The address changes when both mailboxes have agreed, the old one and the new one.',
    verb: 'Agree to the change',
  },
}
const field = 'input:not([type=hidden])'
const choosesPassword = new Set<string>(['recovery', 'invite'])

type Then = 'next' | 'password'

async function verify(token_hash: string, type: LinkType, then: Then): Promise<Then | 'half'> {
  const { user } = await auth<{ user?: object }>('POST', '/verify', { token_hash, type })
  return user ? then : 'half'
}

// Another program's page waits for whoever follows the link (REDIRECT_ORIGINS, PKCE): the server knows it, and leads there.
const leavesUs = (token: string, next: string | undefined) => next !== undefined && (ours(next) === undefined || token.startsWith('pkce_'))

function follow({ token, type, next }: { token: string; type: LinkType; next: string }): Promise<never> {
  location.assign(`/auth/v1/verify?${new URLSearchParams({ token, type, redirect_to: next }).toString()}`)
  return new Promise(() => {})
}

const OtherMailToo = () => (
  <ComingIn
    title="One of two is done"
    at="h1"
    lead="We wrote to your other address, too. Follow the link in that mail, and the address is changed."
  >
    <Quietly>
      <Link to="/account">To your account</Link>
    </Quietly>
  </ComingIn>
)

const another: Record<LinkType, MailType | undefined> = {
  signup: 'signup',
  email: 'magiclink',
  magiclink: 'magiclink',
  recovery: 'recovery',
  invite: 'magiclink',
  email_change: undefined,
}

function NotGoodAnyMore({ type, next }: { type: LinkType; next: string }) {
  const [sentTo, setSentTo] = useState<string>()
  const mail = another[type]
  if (sentTo !== undefined && mail)
    return <LookIntoYourMail type={mail} email={sentTo} next={next} otherAddress={() => setSentTo(undefined)} />
  return (
    <ComingIn
      title="This link is not good any more"
      at={mail ? field : 'h1'}
      lead={`It was used already, is older than an hour, or a newer mail has taken its place. ${mail ? 'We can send you a new one.' : 'Sign in, and change the address once more in your account.'}`}
    >
      {mail && <AskForMail type={mail} next={next} onSent={setSentTo} />}
      <Quietly>
        <Link to="/sign-in" search={{ next }}>
          To signing in
        </Link>
      </Quietly>
    </ComingIn>
  )
}
