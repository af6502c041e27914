import { Mark } from '../parts/mark.tsx'
import { Keys } from '../parts/keys.tsx'
import { Quote } from '../parts/quote.tsx'
import { Section } from '../parts/section.tsx'
import './look.css'

export function Type() {
  return (
    <Section title="Two voices" lead="Newsreader wherever a human speaks or is spoken to, Figtree for everything one operates.">
      <div className="look-marks">
        <Mark size={20} />
        <Mark size={28} />
        <Mark size={64} alone />
      </div>
      <h2>Breathless on the ward</h2>
      <h3>Your brief as the candidate</h3>
      <p>
        A nurse asks you to see Mrs Holloway, 67, two days after a hip replacement. Running text has{' '}
        <a href="#two">links that are underlined</a>.
      </p>
      <Quote from="Your patient, Wednesday">“You told me what the tablets do before I had said why I stopped them.”</Quote>
      <p>
        <Keys keys={['Ctrl', 'K']} />
      </p>
    </Section>
  )
}

const colours = [
  'paper',
  'sheet',
  'shade',
  'line',
  'edge',
  'ink',
  'quiet',
  'brand',
  'brand-wash',
  'live',
  'good',
  'warn',
  'bad',
  'bad-wash',
]
const domains = ['practice', 'care', 'speaking', 'mentoring', 'interviews']

export function Colours() {
  return (
    <Section title="Colour" lead="Carries meaning only, and never alone.">
      <ul className="look-swatches">
        {[...colours, ...domains].map((name) => (
          <li key={name} style={{ '--swatch': `var(--${name})` } as object}>
            {name}
          </li>
        ))}
      </ul>
    </Section>
  )
}
