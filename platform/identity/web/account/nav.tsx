import { Link } from '@tanstack/react-router'
import './nav.css'

/** From one page of one's account to another. */
export function AccountNav() {
  return (
    <nav className="account-nav" aria-label="Your account">
      {pages.map(([to, name]) => (
        <Link key={to} to={to} activeOptions={{ exact: true }}>
          {name}
        </Link>
      ))}
    </nav>
  )
}

const pages = [
  ['/account', 'You'],
  ['/account/sign-in', 'Sign-in'],
  ['/account/sessions', 'Devices'],
  ['/account/notifications', 'Mails'],
  ['/account/data', 'Data'],
  ['/account/people', 'People'],
] as const
