import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { readMe } from '#platform/identity/account/api.ts'
import { setUp } from '#platform/identity/administration/api.ts'
import { useWho } from '#platform/web/me.ts'
import { Form } from '#platform/web/parts/form.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { ComingIn, Quietly } from './coming-in.tsx'
import { GoOn, useGoOn } from './led-on.tsx'
import { NewAccount } from './new-account.tsx'
import { useAsked, withNext } from './next.ts'
import { entryWords } from './words.ts'

/** The first administrator of a new installation, by the link that the server printed. */
export function SetUp() {
  const token = useAsked()('token') ?? ''
  const here = `/setup?${new URLSearchParams({ token }).toString()}`
  const who = useWho()
  const again = useGoOn(here)
  const act = useAct(by(setUp), { refreshes: [readMe] })
  if (who === 'pending') return <GoOn to={withNext('/sign-in/second-factor', here)} />
  if (who?.administrator) return <WhatNext />
  if (who)
    return (
      <ComingIn
        title="Set up this Vivavoce"
        lead={`You are signed in as ${who.name || who.email}. This account will be the first to administrate this place.`}
      >
        <Form act={act} submit="Become the administrator" into={() => ({ token })} words={entryWords} />
      </ComingIn>
    )
  return (
    <ComingIn title="Set up this Vivavoce" lead="You are the first here. Make your account: it will administrate this place.">
      <NewAccount next="/today" submit="Make my account" way={{ set_up: token }} onDone={again} />
      <Quietly>
        You have an account already?{' '}
        <Link to="/sign-in" search={{ next: here }}>
          Sign in
        </Link>
      </Quietly>
    </ComingIn>
  )
}

const WhatNext = () => (
  <ComingIn title="This Vivavoce is yours" lead="You administrate it now. Two things are worth doing first." at="h1">
    <ol className="coming-in-steps">
      <li>
        <Link to="/account/sign-in">Add a second factor</Link>
        <span>An administrator’s password alone should open nothing.</span>
      </li>
      <li>
        <Link to="/administration/invitations">Invite people</Link>
        <span>Also a second administrator, so that the place never hangs on one.</span>
      </li>
    </ol>
    <Button component={Link} to="/today" fullWidth>
      Go to Today
    </Button>
  </ComingIn>
)
