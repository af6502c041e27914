import { Button } from '@mantine/core'
import { takeResult } from '#domains/practice/api/paper.ts'
import { useZone } from '#platform/scheduling/web/zone.ts'
import { Refused } from '#platform/web/parts/refused.tsx'
import { by, useAct } from '#platform/web/read.ts'

/** The result as a file, for a portfolio or a supervisor. */
export function SaveAsPdf({ session, round }: { session: string; round: number }) {
  const { zone } = useZone()
  const take = useAct(by(takeResult), { onDone: ({ name, pdf }) => save(name, pdf) })
  return (
    <>
      <Button variant="default" loading={take.busy} onClick={() => take.run({ session, round, zone })}>
        Save as PDF
      </Button>
      {take.refusal && <Refused error={take.refusal} />}
    </>
  )
}

function save(name: string, pdf: string): void {
  const url = URL.createObjectURL(new Blob([Uint8Array.fromBase64(pdf)], { type: 'application/pdf' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000) // a slow disk still reads it
}
