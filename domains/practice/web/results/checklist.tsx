import { listDomains } from '#domains/practice/api/library.ts'
import { useRead } from '#platform/web/read.ts'
import './checklist.css'

export type Item = { id: string; domain: string; words: string; weight: number; safety_critical: boolean; ticked?: boolean | undefined }

/** The lines of a markscheme by skill, each as it was marked. */
export function Checklist({ items, marks }: { items: readonly Item[]; marks: boolean }) {
  const domains = useRead(listDomains, {}).items
  const missed = marks ? items.filter(({ safety_critical, ticked }) => safety_critical && !ticked) : []
  return (
    <>
      {marks && (
        <p>
          {done(items)} of {items.length} lines were done
          {missed.length > 0 && (
            <b className="checklist-missed">
              {missed.length === 1
                ? '; one that is critical for safety was left out'
                : `; ${missed.length} that are critical for safety were left out`}
            </b>
          )}
          .
        </p>
      )}
      {[...Map.groupBy(items, ({ domain }) => domain)].map(([domain, lines]) => (
        <div key={domain} className="checklist">
          <h3>
            {domains.find(({ key }) => key === domain)?.name ?? domain}
            {marks && (
              <span className="checklist-of">
                {' '}
                {done(lines)} of {lines.length}
              </span>
            )}
          </h3>
          <ul>
            {lines.map((line) => (
              <Line key={line.id} {...line} marks={marks} />
            ))}
          </ul>
        </div>
      ))}
    </>
  )
}

const done = (items: readonly Item[]) => items.filter(({ ticked }) => ticked).length

const Line = ({ words, weight, safety_critical, ticked, marks }: Item & { marks: boolean }) => (
  <li data-done={marks ? Boolean(ticked) : undefined}>
    {marks && <Sign done={Boolean(ticked)} />}
    <span>
      {marks && <span className="unseen">{ticked ? 'Done: ' : 'Not done: '}</span>}
      {words}
      {safety_critical && <span className="checklist-note"> · critical for safety</span>}
      {weight > 1 && <span className="checklist-note"> · counts {weight === 2 ? 'twice' : `${weight} times`}</span>}
    </span>
  </li>
)

const Sign = ({ done }: { done: boolean }) => (
  <svg width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" aria-hidden>
    {done ? <path d="M3.5 9.5 7.5 13.5 14.5 5" /> : <path d="M5 9h8" />}
  </svg>
)
