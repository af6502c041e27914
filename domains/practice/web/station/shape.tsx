import { useRead } from '#platform/web/read.ts'
import { listFormats } from '../../api/library.ts'
import { lengthInWords } from '../words.ts'
import type { Phase } from './phases.ts'
import type { Session } from './use-session.ts'

/** How the station will go, phase by phase. */
export function Shape({ session: { format, type, partner } }: { session: Pick<Session, 'format' | 'type' | 'partner'> }) {
  const { items } = useRead(listFormats, {})
  const shape = items.find(({ id }) => id === format)
  if (!shape) return null
  const phases = shape.phases.filter(({ phase }) => type === 'mock' || phase !== 'marking')
  const says = partner === 'nobody' ? alone : together
  return (
    <ol className="shape" aria-label="How it goes">
      {phases.map(({ phase, seconds, bells }) => (
        <li key={phase}>
          <b>{titles[phase]}</b>
          <span className="shape-long">{seconds === null ? 'as long as you like' : lengthInWords(seconds)}</span>
          <span className="shape-says">
            {says[phase]}
            {seconds !== null && bells.map((bell) => ` A bell when ${lengthInWords(seconds - bell)} are left.`)}
          </span>
        </li>
      ))}
    </ol>
  )
}

const titles: Record<Phase, string> = { reading: 'Reading', running: 'Running', marking: 'Marking', feedback: 'Feedback' }
const together: Record<Phase, string> = {
  reading: 'Each reads their own card. Nobody sees the other’s.',
  running: 'The candidate talks with the patient, who marks quietly.',
  marking: 'The patient finishes the sheet and hands it in.',
  feedback: 'Everything opens to both: the cards, the markscheme, the sheet. Then you swap.',
}
const alone: Record<Phase, string> = {
  reading: 'You read the candidate’s card.',
  running: 'Say aloud what you would say, or type it.',
  marking: 'The markscheme opens, and you mark yourself.',
  feedback: 'Everything is open. Another one, when you like.',
}
