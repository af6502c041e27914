import { Link } from '@tanstack/react-router'

export const Footer = () => (
  <footer className="foot">
    <nav aria-label="About this place">
      <Link to="/imprint">Who runs this place</Link>
      <Link to="/privacy">Privacy</Link>
      <Link to="/terms">Terms</Link>
    </nav>
  </footer>
)
