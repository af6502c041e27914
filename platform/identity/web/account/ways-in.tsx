import { readWaysIn } from '#platform/identity/api.ts'
import { Section } from '#platform/web/parts/section.tsx'
import { useRead } from '#platform/web/read.ts'
import { AccountPage } from './account-page.tsx'
import { Address } from './address.tsx'
import { Authenticators } from './authenticators.tsx'
import { Passkeys } from './passkeys.tsx'
import { Password } from './password.tsx'
import { nameOf } from './provider-name.ts'
import { Providers } from './providers.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

export function WaysIn() {
  return (
    <AccountPage title="Signing in" lead={<Sentence />}>
      <Ways />
    </AccountPage>
  )
}

const Sentence = () => sentenceOf(useRead(readWaysIn, {}))

function Ways() {
  const ways = useRead(readWaysIn, {})
  return (
    <>
      <Section title="Passkeys" lead="Your fingerprint, face or PIN instead of a password. Nobody can trick you into giving one away.">
        <Passkeys />
      </Section>
      <Section title="Password">
        <Password has={ways.password} />
      </Section>
      <Section title="Authenticator app" lead="After your password, an app on your phone gives a code that is good for half a minute.">
        <Authenticators />
      </Section>
      {ways.authenticators > 0 && (
        <Section title="Recovery codes" lead="For the day your phone is lost. Each lets you in once instead of a code of the app.">
          <RecoveryCodes />
        </Section>
      )}
      {ways.providers.length + ways.offered.length > 0 && (
        <Section title="Accounts elsewhere" lead="Sign in here with an account that you have there.">
          <Providers linked={ways.providers} offered={ways.offered} />
        </Section>
      )}
      <Section title="E-mail address" lead="Where links to sign in go, and whatever concerns your account.">
        <Address />
      </Section>
    </>
  )
}

type Known = { password: boolean; mail: boolean; passkeys: number; providers: readonly { provider: string }[] }

function sentenceOf({ password, mail, passkeys, providers }: Known): string {
  const by = [
    ...(passkeys > 0 ? [passkeys === 1 ? 'a passkey' : `${passkeys} passkeys`] : []),
    ...(password ? ['your password'] : []),
    ...(mail ? ['a link in a mail'] : []),
    ...providers.map(({ provider }) => nameOf(provider)),
  ]
  return `You can sign in by ${new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(by)}.`
}
