import './steps.css'

/** Where somebody stands on a scale: how many steps of how many, and the word of the one they are on. */
export const Steps = ({ at, words }: { at: number; words: readonly string[] }) => (
  <span className="steps-shown">
    <span className="steps-bar" aria-hidden>
      {words.map((word, step) => (
        <span key={word} data-done={step <= at || undefined} />
      ))}
    </span>
    <span className="steps-word">{words[at] ?? `${at + 1}`}</span>
    <span className="steps-of">
      {at + 1} of {words.length}
    </span>
  </span>
)
