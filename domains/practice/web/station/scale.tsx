import { useId } from 'react'

type ScaleProps = { label: string; words: readonly string[]; chosen: number | undefined; choose: (place: number) => void }

/** A place on a scale of words, from worst to best. */
export function Scale({ label, words, chosen, choose }: ScaleProps) {
  const name = useId()
  return (
    <fieldset className="scale">
      <legend>{label}</legend>
      <div className="scale-places">
        {words.map((word, place) => (
          <label key={word} className="scale-place">
            <input type="radio" name={name} checked={chosen === place} onChange={() => choose(place)} />
            <span>{word}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
