import { Link } from '@tanstack/react-router'
import type { Me } from '../me.ts'
import { useNavigation } from './parts.ts'

export function Navigation({ person }: { person: Me }) {
  const entries = useNavigation(person)
  return (
    <nav className="rooms" aria-label="Rooms">
      <ul>
        {entries.map(({ label, to, hue, who }) => (
          <li key={to} className={who === 'administrator' ? 'room-apart' : undefined}>
            <Link className="room" to={to} data-hue={hue}>
              <span className="room-dot" aria-hidden="true" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
