import { beginPasskeyRegistration, finishPasskeyRegistration } from '#platform/identity/passkeys/api.ts'
import { call, Refusal } from '#platform/operations/call.ts'

type Options = Parameters<typeof import('@simplewebauthn/browser').startRegistration>[0]['optionsJSON']

export async function addPasskey(name: string) {
  const { browserSupportsWebAuthn, startRegistration } = await import('@simplewebauthn/browser')
  if (!browserSupportsWebAuthn()) throw refused('no_passkeys_here')
  const { challenge_id, options } = await call(beginPasskeyRegistration, {})
  const credential = await startRegistration({ optionsJSON: options as unknown as Options }).catch(thatIs)
  return call(finishPasskeyRegistration, { challenge_id, credential, ...(name.trim() ? { name } : {}) })
}

// Browsers tell pages little, so that pages cannot find out which keys somebody has.
function thatIs(error: Error): never {
  const cause = (error.cause as Error | undefined) ?? error
  if (cause.name === 'InvalidStateError') throw refused('passkey_is_known_already')
  if (cause.name === 'NotAllowedError' || cause.name === 'AbortError') throw refused('no_passkey_made')
  throw error
}

const refused = (code: string) => new Refusal({ type: 'about:blank', status: 0, code, title: code })
