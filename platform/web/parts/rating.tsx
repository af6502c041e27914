import { useId } from 'react'
import { useFault } from './form.tsx'
import './rating.css'

export type RatingProps = {
  name: string
  label: string
  help?: string
  /** What one to five mean here, in words. */
  words: readonly [string, string, string, string, string]
  optional?: boolean
  defaultValue?: 1 | 2 | 3 | 4 | 5
}

/** One to five, each with its word. */
export function Rating({ name, label, help, words, optional = false, defaultValue }: RatingProps) {
  const fault = useFault(name)
  const about = useId()
  return (
    <fieldset className="rating" data-faulty={fault !== undefined || undefined} aria-describedby={help || fault ? about : undefined}>
      <legend className="input-label">{label}</legend>
      {(help || fault) && (
        <div id={about}>
          {help && <p className="input-help">{help}</p>}
          {fault && <p className="input-error">{fault}</p>}
        </div>
      )}
      <div className="rating-marks">
        {words.map((word, index) => (
          <label key={word} className="rating-mark">
            <input type="radio" name={name} value={index + 1} required={!optional} defaultChecked={defaultValue === index + 1} />
            <span className="rating-number">{index + 1}</span>
            <span className="rating-word">{word}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
