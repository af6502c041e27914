import { listDomains, listFormats } from '#domains/practice/api/library.ts'
import { useRead } from '#platform/web/read.ts'
import { Steps } from './steps.tsx'
import './rated.css'

/** The global rating, what it means in this case, and each skill on its scale. */
export function Rated({
  format: id,
  rating,
  scores,
  meant,
}: {
  format: string
  rating: number
  scores: Record<string, number>
  meant?: (word: string) => string
}) {
  const format = useRead(listFormats, {}).items.find((one) => one.id === id)
  const domains = useRead(listDomains, {}).items
  const word = format?.rating[rating] ?? `${rating + 1}`
  const says = meant?.(word)
  return (
    <>
      <div className="rated">
        <p className="rated-word">
          <span className="rated-what">Overall</span> {word}
        </p>
        {format && <Steps at={rating} words={format.rating} />}
        {says && <p className="rated-meant">In this case that means: {says}</p>}
      </div>
      <dl className="rated-scores">
        {(format?.scales ?? [])
          .filter(({ domain }) => scores[domain] !== undefined)
          .map(({ domain, points }) => (
            <div key={domain}>
              <dt>{domains.find(({ key }) => key === domain)?.name ?? domain}</dt>
              <dd>
                <Steps at={scores[domain]!} words={points} />
              </dd>
            </div>
          ))}
      </dl>
    </>
  )
}
