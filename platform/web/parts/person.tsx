import { Avatar } from '@mantine/core'
import './person.css'

/** Somebody by name, with their picture or initials. */
export function Person({ name, says }: { name: string; says?: string | undefined }) {
  return (
    <span className="person">
      <Avatar name={name || '?'} color="initials" size={32} radius="xl" aria-hidden />
      <span>
        {name || 'Somebody without a name'}
        {says && <span className="person-says">{says}</span>}
      </span>
    </span>
  )
}
