import type { startAuthentication } from '@simplewebauthn/browser'
import { useEffect, useEffectEvent } from 'react'
import { Refusal } from '#platform/operations/call.ts'
import { refusalIn } from '#platform/web/words.ts'
import { auth } from '../gotrue.ts'
import { useProof } from './proof.ts'

type Question = { challenge_id: string; options: Asked['optionsJSON'] }
type Asked = Parameters<typeof startAuthentication>[0]
type Proof = { challenge_id: string; credential: object }

/** A passkey is of a name: an installation that is known by a number only has none. */
export const passkeysWork = () => 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(location.hostname)

const freshFor = 4 * 60_000 // the server forgets its question after five minutes

/** Signing in by a passkey: at the press of a button, or, where a name is asked for, by choosing it among what the browser offers to fill in. */
export function usePasskey(onDone: () => void, { offered = false } = {}) {
  const act = useProof(async (proof?: Proof) => auth('POST', '/passkeys/authentication/verify', proof ?? (await proofOf('asked'))), onDone)
  const { busy } = act
  const take = useEffectEvent(act.run)
  useEffect(() => {
    if (!offered || busy || !passkeysWork()) return undefined
    let here = true
    const offer = async () => {
      if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return
      const proof = await proofOf('offered').catch(() => undefined) // nobody asked for it, so nobody needs to hear that it failed
      if (proof && here) take(proof)
    }
    void offer()
    const anew = setInterval(() => void offer(), freshFor)
    return () => {
      here = false
      clearInterval(anew)
    }
  }, [offered, busy])
  useEffect(() => () => void stopAsking(), [])
  return act
}

async function proofOf(how: 'asked' | 'offered'): Promise<Proof> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const { challenge_id, options } = await auth<Question>('POST', '/passkeys/authentication/options', {})
  try {
    return { challenge_id, credential: await startAuthentication({ optionsJSON: options, useBrowserAutofill: how === 'offered' }) }
  } catch (error) {
    throw refusalIn(error as Error) ?? new Refusal({ type: 'about:blank', status: 400, code: 'no_passkey_given', title: String(error) })
  }
}

async function stopAsking(): Promise<void> {
  const { WebAuthnAbortService } = await import('@simplewebauthn/browser')
  WebAuthnAbortService.cancelCeremony()
}
