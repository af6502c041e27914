import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { readMe } from '#platform/identity/account/api.ts'
import { readInvitation, takeInvitation } from '#platform/identity/invitations/api.ts'
import { call, Refusal } from '#platform/operations/call.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { type Me, useWho } from '#platform/web/me.ts'
import { Form } from '#platform/web/parts/form.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { Besides, ComingIn, Quietly } from './coming-in.tsx'
import { GoOn, useGoOn } from './led-on.tsx'
import { LookIntoYourMail } from './look-into-your-mail.tsx'
import { NewAccount } from './new-account.tsx'
import { useAsked, withNext } from './next.ts'
import { Providers } from './providers.tsx'
import { useOffered } from './settings.ts'
import { entryWords } from './words.ts'

type Invitation = OutputOf<typeof readInvitation>

export function Join() {
  const token = useAsked()('invitation') ?? ''
  const who = useWho()
  const invitation = useInvitation(token)
  if (invitation instanceof Refusal)
    return (
      <ComingIn title="This invitation does not work">
        <Refused error={invitation} words={entryWords[invitation.code]} />
        <Quietly>
          <Link to="/sign-in">To signing in</Link>
        </Quietly>
      </ComingIn>
    )
  if (who === 'pending') return <GoOn to={withNext('/sign-in/second-factor', addressOf(token))} />
  return who ? <Taking token={token} me={who} invitation={invitation} /> : <Joining token={token} invitation={invitation} />
}

const addressOf = (token: string) => `/join?${new URLSearchParams({ invitation: token }).toString()}`

// What is wrong with it is what this page has to say, and no reason to have no page.
const useInvitation = (token: string): Invitation | Refusal =>
  useSuspenseQuery({
    queryKey: [readInvitation.path, token],
    staleTime: Infinity,
    queryFn: () =>
      call(readInvitation, { token }).catch((error: unknown) => {
        if (error instanceof Refusal) return error as Refusal
        throw error
      }),
  }).data

function Joining({ token, invitation }: { token: string; invitation: Invitation }) {
  const [sentTo, setSentTo] = useState<string>()
  const { providers } = useOffered()
  if (sentTo !== undefined) return <LookIntoYourMail type="signup" email={sentTo} next="/today" otherAddress={() => setSentTo(undefined)} />
  return (
    <ComingIn title="You are invited" lead={<What {...invitation} />}>
      <NewAccount next="/today" submit="Make my account" way={{ invitation: token }} onDone={setSentTo} />
      {providers.length > 0 && (
        <Besides>
          <Providers next="/today" invitation={token} />
        </Besides>
      )}
      <Quietly>
        You have an account already?{' '}
        <Link to="/sign-in" search={{ next: addressOf(token) }}>
          Sign in
        </Link>
      </Quietly>
    </ComingIn>
  )
}

function Taking({ token, me, invitation }: { token: string; me: Me; invitation: Invitation }) {
  const act = useAct(by(takeInvitation), { refreshes: [readMe], onDone: useGoOn('/today') })
  return (
    <ComingIn title="You are invited" lead={<What {...invitation} />}>
      <p>You are signed in as {me.name || me.email}.</p>
      <Form act={act} submit="Take the invitation" into={() => ({ token })} words={entryWords} />
      <Besides>
        <Button variant="subtle" component={Link} to="/today">
          Not with this account
        </Button>
      </Besides>
    </ComingIn>
  )
}

const What = ({ role, bound, expires_at }: Invitation) => (
  <>
    {role === 'administrator' ? 'You are asked to administrate this Vivavoce. ' : 'Come in: this Vivavoce has kept a place for you. '}
    {bound && 'The invitation is for the address it was sent to. '}
    It is good until <When at={expires_at} kind="date" />.
  </>
)
