import './person.css'

export type PersonProps = {
  name: string
  /** What is worth knowing here: their role, an address, since when. */
  says?: string | undefined
  /** Where their picture is, if they have one. */
  picture?: string | null | undefined
  size?: 'usual' | 'large'
}

/** Somebody by name, with their picture or initials. */
export function Person({ name, says, picture, size = 'usual' }: PersonProps) {
  return (
    <span className={size === 'large' ? 'person person-large' : 'person'}>
      <Face name={name} picture={picture} />
      <span className="person-words">
        <span className="person-name">{name || 'Somebody without a name'}</span>
        {says && <span className="person-says">{says}</span>}
      </span>
    </span>
  )
}

/** The picture alone, where the name stands beside it anyway. */
export const Face = ({ name, picture }: Pick<PersonProps, 'name' | 'picture'>) =>
  picture ? (
    <img className="face" src={picture} alt="" />
  ) : (
    <span className="face" aria-hidden>
      {initialsOf(name)}
    </span>
  )

function initialsOf(name: string): string {
  const words = name
    .replace(/^(?:dr|prof|mr|mrs|ms|miss)\.? /i, '')
    .split(/\s+/)
    .filter(Boolean)
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words
  return letters.map((word) => String.fromCodePoint(word!.codePointAt(0)!).toLocaleUpperCase()).join('') || '?'
}
