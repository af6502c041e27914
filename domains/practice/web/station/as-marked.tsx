import { useRead } from '#platform/web/read.ts'
import { readResult } from '../../api/results.ts'
import { Estimate } from '../estimate.tsx'
import { AsMarked } from '../results/as-marked.tsx'
import { Remarks } from '../results/remarks.tsx'
import type { Session } from './use-session.ts'
import '../results/result.css'

const useResult = ({ id, round }: Session) => useRead(readResult, { session: id, round: round! })

/** The sheet as it was handed in; the checklist alone until then. It stands in Results afterwards. */
export function SheetAsMarked({ session }: { session: Session }) {
  const result = useResult(session)
  return (
    <>
      <AsMarked result={result} markscheme={result.markscheme ?? ''} />
      <Estimate />
    </>
  )
}

/** What the two write to each other. */
export const Words = ({ session }: { session: Session }) => <Remarks result={useResult(session)} />
