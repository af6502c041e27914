import { casePartsOf, type CasePart } from './case-parts.ts'
import './case-text.css'

/** What a case says, in the voice: briefs, markscheme. Its headings are one below whatever it stands under. */
export function CaseText({ words, under = 2 }: { words: string; under?: 2 | 3 }) {
  return (
    <div className="case-text">
      {casePartsOf(words).map((part, index) => (
        <Part key={index} part={part} under={under} />
      ))}
    </div>
  )
}

function Part({ part, under }: { part: CasePart; under: 2 | 3 }) {
  const Heading = under === 2 ? 'h3' : 'h4'
  if (part.is === 'heading') return <Heading>{part.words}</Heading>
  if (part.is === 'paragraph') return <p data-said={part.said || undefined}>{part.words}</p>
  return (
    <ul>
      {part.lines.map(({ label, words }, index) => (
        <li key={index}>
          {label && <b>{label}: </b>}
          {words}
        </li>
      ))}
    </ul>
  )
}
