import { Suspense, useId, useState, type ReactNode } from 'react'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { listCategories, listDomains, listFormats } from '#domains/practice/api/library.ts'
import { down } from '#platform/web/parts/fields.tsx'
import { useRead } from '#platform/web/read.ts'
import { levels } from '../words.ts'
import type { Asked, Filter } from './asked.ts'

type NarrowProps = { asked: Asked; ask: (next: Asked) => void; known: boolean }

/** The search and the filters: each changes the list at once. */
export function Narrow({ asked, ask, known }: NarrowProps) {
  const change = (name: Filter, value: string) => {
    const { [name]: _, ...others } = asked
    ask(value === '' ? others : { ...others, [name]: value })
  }
  const pick = (name: Filter) => ({ value: asked[name] ?? '', onPick: (value: string) => change(name, value) })
  const chosen = Object.keys(asked).filter((name) => name !== 'search').length
  const [opened, setOpened] = useState(chosen > 0)
  const filters = useId()
  return (
    <search className="library-narrow" aria-label="Cases">
      <TextInput
        className="library-search"
        type="search"
        label="Search by name"
        maxLength={80}
        autoComplete="off"
        value={asked.search ?? ''}
        onChange={({ currentTarget }) => change('search', currentTarget.value)}
      />
      <Button
        className="library-unfold"
        variant="default"
        aria-expanded={opened}
        aria-controls={filters}
        onClick={() => setOpened(!opened)}
      >
        {chosen > 0 ? `Filters (${chosen})` : 'Filters'}
      </Button>
      <div id={filters} className="library-filters" data-opened={opened || undefined}>
        <Suspense fallback={<Waiting label="Category" />}>
          <Category {...pick('category')} />
        </Suspense>
        <Suspense fallback={<Waiting label="Skill" />}>
          <Skill {...pick('skill')} />
        </Suspense>
        <Pick label="Level" all="Any level" {...pick('level')}>
          {Object.entries(levels)
            .filter(([level]) => level !== 'any')
            .map(([level, name]) => (
              <option key={level} value={level}>
                {name}
              </option>
            ))}
        </Pick>
        <Suspense fallback={<Waiting label="Format" />}>
          <FormatOf {...pick('format')} />
        </Suspense>
        <Pick label="Show" all="All cases" {...pick('only')}>
          {known && <option value="new">New to me</option>}
          <option value="reviewed">Clinically reviewed</option>
        </Pick>
        {chosen > 0 && (
          <Button className="library-clear" variant="subtle" onClick={() => ask(asked.search ? { search: asked.search } : {})}>
            Clear filters
          </Button>
        )}
      </div>
    </search>
  )
}

type PickProps = { value: string; onPick: (value: string) => void }

function Category(pick: PickProps) {
  const { items } = useRead(listCategories, {})
  return (
    <Pick label="Category" all="All categories" {...pick}>
      {items.map(({ category, cases }) => (
        <option key={category} value={category}>
          {category} ({cases})
        </option>
      ))}
    </Pick>
  )
}

function Skill(pick: PickProps) {
  const { items } = useRead(listDomains, {})
  return (
    <Pick label="Skill" all="All skills" {...pick}>
      {items.map(({ key, name }) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </Pick>
  )
}

function FormatOf(pick: PickProps) {
  const { items } = useRead(listFormats, {})
  return (
    <Pick label="Format" all="Any format" {...pick}>
      {items.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Pick>
  )
}

const Pick = ({ label, all, value, onPick, children }: PickProps & { label: string; all: string; children: ReactNode }) => (
  <NativeSelect label={label} value={value} onChange={({ currentTarget }) => onPick(currentTarget.value)} rightSection={down}>
    <option value="">{all}</option>
    {children}
  </NativeSelect>
)

const Waiting = ({ label }: { label: string }) => <NativeSelect label={label} disabled data={['…']} rightSection={down} />
