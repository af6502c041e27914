import { Button } from '@mantine/core'
import { Refused } from '#platform/web/parts/refused.tsx'
import { useGoOn } from './led-on.tsx'
import { passkeysWork, usePasskey } from './passkey.ts'

type ByPasskeyProps = { next: string; says?: string; offered?: boolean }

export function ByPasskey({ next, says = 'Sign in with a passkey', offered = false }: ByPasskeyProps) {
  const { run, busy, refusal } = usePasskey(useGoOn(next), { offered })
  if (!passkeysWork()) return null
  return (
    <>
      {refusal && <Refused error={refusal} />}
      <Button variant="default" fullWidth loading={busy} onClick={() => run(undefined)}>
        {says}
      </Button>
    </>
  )
}
