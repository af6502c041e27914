import type { ReactNode } from 'react'
import { Button } from '@mantine/core'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { acceptLink, readWaysIn } from '#platform/identity/openid/api.ts'
import { call, Refusal } from '#platform/operations/call.ts'
import { askWhoCameIn } from '#platform/web/me.ts'
import { Refused } from '#platform/web/parts/refused.tsx'
import { useRead } from '#platform/web/read.ts'
import { nameOf } from '../account/provider-name.ts'
import { ComingIn } from './coming-in.tsx'
import { GoOn, LedOn } from './led-on.tsx'
import { useAsked, useNext, withNext } from './next.ts'
import { comeBack } from './providers.tsx'

/** Back from another provider, with a code, a link to take, or the reason why not. */
export function Done() {
  const asked = useAsked()
  const next = useNext()
  const behind = new URLSearchParams(useLocation().hash)
  const because = asked('error_code') ?? behind.get('error_code') ?? asked('error') ?? behind.get('error')
  const back = useArrival({ code: asked('code'), link: asked('link'), because: because ?? undefined })
  if (back === 'in')
    return (
      <LedOn next={next}>
        <GoOn to={withNext('/sign-in', next)} />
      </LedOn>
    )
  if (back === 'linked') return <Linked />
  if (asked('linking'))
    return (
      <NotIn title="Nothing was linked" lead="Your account is as it was, and you are still signed in." error={back}>
        <Button component={Link} to="/account/sign-in" fullWidth>
          To your account
        </Button>
      </NotIn>
    )
  return (
    <NotIn title="That did not work" error={back}>
      <Button component={Link} to={withNext('/sign-in', next)} fullWidth>
        To signing in
      </Button>
    </NotIn>
  )
}

type NotInProps = { title: string; lead?: string; error: Refusal; children: ReactNode }

const NotIn = ({ title, lead, error, children }: NotInProps) => (
  <ComingIn title={title} lead={lead} at="h1">
    <Refused error={error} />
    <p>{children}</p>
  </ComingIn>
)

function Linked() {
  const { providers } = useRead(readWaysIn, {})
  const { provider = '', email } = providers.toSorted((one, other) => `${other.created_at}`.localeCompare(`${one.created_at}`))[0] ?? {}
  return (
    <ComingIn
      title={`${nameOf(provider)} is linked`}
      lead={`From now on you can sign in here by ${nameOf(provider)}${email ? ` as ${email}` : ''}, too.`}
      at="h1"
    >
      <Button component={Link} to="/account/sign-in" fullWidth>
        To your account
      </Button>
    </ComingIn>
  )
}

type Brought = { code: string | undefined; link: string | undefined; because: string | undefined }

// Each is good for one use, so it is kept like something read: once for this address.
function useArrival(brought: Brought): 'in' | 'linked' | Refusal {
  const client = useQueryClient()
  return useSuspenseQuery({
    queryKey: ['arrival', brought],
    staleTime: Infinity,
    retry: false,
    queryFn: async () => {
      try {
        const arrived = await arrive(brought)
        if (arrived === 'in') await askWhoCameIn(client)
        return arrived
      } catch (error) {
        if (error instanceof Refusal) return error as Refusal
        throw error
      }
    },
  }).data
}

async function arrive({ code, link, because }: Brought): Promise<'in' | 'linked'> {
  if (because) throw new Refusal({ type: 'about:blank', status: 400, code: because, title: 'The other provider did not let you in.' })
  if (link) return call(acceptLink, { word: link }).then(() => 'linked')
  if (code) await comeBack(code)
  return 'in'
}
