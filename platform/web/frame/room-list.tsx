import { Link } from '@tanstack/react-router'
import { useRooms } from './rooms.ts'
import './room-list.css'

/** The rooms, each with what it is for; those that are not open say so. */
export const RoomList = () => (
  <ul className="room-list" aria-label="The rooms">
    {useRooms().map(({ name, hue, says, to }) => (
      <li key={name} data-hue={hue}>
        <p className="room-list-name">
          {to ? <Link to={to}>{name}</Link> : name}
          {!to && <span className="room-list-under-way">under way</span>}
        </p>
        <p>{says}</p>
      </li>
    ))}
  </ul>
)
