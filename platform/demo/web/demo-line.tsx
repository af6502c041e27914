import { useQuery } from '@tanstack/react-query'
import { peopleOfDemo } from './people.ts'
import './demo-line.css'

/** In the frame: that this is a demo world. Nothing where there is none. */
export function DemoLine() {
  const { data: people = [] } = useQuery(peopleOfDemo)
  if (people.length === 0) return null
  return (
    <aside className="demo-line" aria-label="Demo world">
      A demo world: nobody here is real. Leave it with <code>npm run demo -- leave</code>
    </aside>
  )
}
