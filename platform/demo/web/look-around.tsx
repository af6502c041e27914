import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { me } from '#platform/web/me.ts'
import { Person } from '#platform/web/parts/person.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { useAct } from '#platform/web/read.ts'
import { enterAs, peopleOfDemo } from './people.ts'
import './look-around.css'

/** On the sign-in page of a demo world: whom one may be, at one click. Nothing where there is none. */
export function LookAround({ next }: { next: string }) {
  const { data: people = [] } = useQuery(peopleOfDemo)
  const navigate = useNavigate()
  const enter = useAct(enterAs, { refreshes: [{ path: me.queryKey[0]! }], onDone: () => void navigate({ href: next, replace: true }) })
  if (people.length === 0) return null
  return (
    <div className="look-around">
      <Section title="Look around as …" lead="Nobody here is real. One click lets you in.">
        <ul>
          {people.map(({ id, name, says }) => (
            <li key={id}>
              <button type="button" disabled={enter.busy} onClick={() => enter.run(id)}>
                <Person name={name} says={says} />
              </button>
            </li>
          ))}
        </ul>
        {enter.refusal && <Refused error={enter.refusal} words="You could not be let in as this person. Reload the page and try again." />}
      </Section>
    </div>
  )
}
