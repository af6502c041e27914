import { Link, useSearch } from '@tanstack/react-router'
import type { Choice } from './fields.tsx'
import './filters.css'

export type FiltersProps = {
  /** What is chosen, and its name in the page's address. */
  label: string
  name: string
  choices: readonly Choice[]
}

/** What of a list is shown: a row of links, so that each choice has an address. The first is what one gets without choosing. */
export function Filters({ label, name, choices }: FiltersProps) {
  const chosen = useFilter(name, choices[0]!.value)
  return (
    <nav className="filters" aria-label={label}>
      {choices.map((choice, index) => (
        <Link
          key={choice.value}
          to="."
          search={(before: Record<string, unknown>) => ({ ...before, [name]: index === 0 ? undefined : choice.value })}
          replace
          resetScroll={false}
          aria-current={choice.value === chosen ? 'true' : undefined}
          activeOptions={exact}
          className="filter"
        >
          {choice.label}
        </Link>
      ))}
    </nav>
  )
}

// Else the first, which asks for nothing, would be current beside whatever is chosen.
const exact = { exact: true }

/** Which of its choices the address names. */
export function useFilter(name: string, usual: string): string {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  return typeof search[name] === 'string' ? search[name] : usual
}
