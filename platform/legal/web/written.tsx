import type { ReactNode } from 'react'
import { useRead } from '#platform/web/read.ts'
import { readLegal, type LegalPage } from '../api.ts'
import './written.css'

/** The operator's own words; until there are some, ours, and that theirs are still to come. */
export function Written({ page, file, children }: { page: LegalPage; file: string; children: ReactNode }) {
  const { text } = useRead(readLegal, { page })
  if (text !== null) return <div className="written">{blocksOf(text)}</div>
  return (
    <div className="written">
      <p className="written-note">
        Whoever runs this installation has not written this page yet. Until then it says what the software does by itself. If that is you:
        write it to <code>legal/{file}</code> in the data directory, and it stands here at once.
      </p>
      {children}
    </div>
  )
}

/** Headings, paragraphs and lists, and nothing else: no mark-up of the operator's becomes mark-up of ours. */
const blocksOf = (text: string): ReactNode[] => text.split(/\n\s*\n/).map((block, at) => <Block key={at} block={block.trim()} />)

function Block({ block }: { block: string }) {
  const lines = block.split('\n')
  if (block.startsWith('#')) return <h2>{block.replace(/^#+\s*/, '')}</h2>
  if (lines.every((line) => /^[-*] /.test(line)))
    return (
      <ul>
        {lines.map((line) => (
          <li key={line}>{line.slice(2)}</li>
        ))}
      </ul>
    )
  return <p>{block}</p>
}
