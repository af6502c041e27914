import { useEffect, useRef, type FormEvent } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useNow } from '#platform/scheduling/web/now.ts'
import { dayOf, isDay, plusDays } from '#platform/scheduling/time.ts'
import { ChoiceField, type Choice } from '#platform/web/parts/fields.tsx'
import { Filters, useFilter } from '#platform/web/parts/filters.tsx'
import { useRead } from '#platform/web/read.ts'
import { listFormats } from '../../api/library.ts'
import { choicesOf, levels, types, type Level, type Type } from '../words.ts'
import { dayInWords, useMyZone, weekday } from './clocks.ts'

export type Wanted = { day?: string; zone?: string; format?: string; level?: Level; type?: Type }

/** What the page's address asks for; what it cannot mean is not asked. */
export function useWanted(): Wanted {
  const zone = useMyZone()
  const day = useFilter('day', any)
  const format = useFilter('format', any)
  const level = useFilter('level', any)
  const type = useFilter('type', any)
  return {
    ...(isDay(day) && { day, zone }),
    ...(format !== any && format.length <= 60 && { format }),
    ...(level !== any && level in levels && { level: level as Level }),
    ...(type in types && { type: type as Type }),
  }
}
const any = 'any'

/** By day in one row, and by what is played below it. Each choice has an address. */
export function Narrow() {
  const { items: formats } = useRead(listFormats, {})
  const now = useNow()
  const today = dayOf(new Date(now), useMyZone())
  const days = [
    { value: any, label: 'Any day' },
    { value: today, label: 'Today' },
    { value: plusDays(today, 1), label: 'Tomorrow' },
    ...[2, 3, 4, 5, 6].map((days) => ({ value: plusDays(today, days), label: weekday(plusDays(today, days)) })),
  ]
  const asked = useFilter('day', any)
  if (isDay(asked) && !days.some(({ value }) => value === asked)) days.push({ value: asked, label: dayInWords(asked, today) })
  return (
    <div className="narrow">
      <Filters label="Day" name="day" choices={days} />
      <div className="narrow-more">
        <Choose label="Format" name="format" choices={[{ value: any, label: 'Any' }, ...formats.map(asChoice)]} />
        <Choose label="Level" name="level" choices={choicesOf({ ...levels, any: 'Any' })} />
        <Choose label="What for" name="type" choices={[{ value: any, label: 'Any' }, ...choicesOf(types)]} />
      </div>
    </div>
  )
}

const asChoice = ({ id, name }: { id: string; name: string }): Choice => ({ value: id, label: name })

function Choose({ label, name, choices }: { label: string; name: string; choices: readonly Choice[] }) {
  const navigate = useNavigate()
  const chosen = useFilter(name, any)
  const choose = ({ target }: FormEvent<HTMLDivElement>) => {
    const { value } = target as HTMLElement as HTMLSelectElement
    const search = (before: Record<string, unknown>) => ({ ...before, [name]: value === any ? undefined : value })
    void navigate({ to: '.', search, replace: true, resetScroll: false })
  }
  // Not made anew by what is chosen: somebody walks through it by the arrows.
  const field = useRef<HTMLDivElement>(null)
  useEffect(() => void (field.current!.querySelector('select')!.value = chosen), [chosen])
  return (
    <div ref={field} onChange={choose}>
      <ChoiceField name={name} label={label} choices={choices} defaultValue={chosen} optional />
    </div>
  )
}
