import { Suspense, useDeferredValue, useState } from 'react'
import { TextInput } from '@mantine/core'
import { DataList } from '#platform/web/parts/list.tsx'
import { Sheet } from '#platform/web/parts/sheet.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { listCases } from '../../api/library.ts'

/** The library, to choose one from: by what may be known of a case before. */
export function CasePicker({ format, pick, close }: { format: string; pick: (id: string) => void; close: () => void }) {
  const [search, setSearch] = useState('')
  const asked = useDeferredValue(search)
  return (
    <Sheet opened onClose={close} title="Choose a case">
      <div className="picker">
        <TextInput
          type="search"
          label="Search by name"
          maxLength={80}
          value={search}
          onChange={({ currentTarget: { value } }) => setSearch(value)}
        />
        <Suspense fallback={<Skeleton shape="rows" lines={6} />}>
          <DataList
            label="Cases for this format"
            op={listCases}
            input={{ format, search: asked }}
            empty={<p>No case for this format has this in its name.</p>}
            row={({ id, case_name, category, content_note, opened }) => (
              <button type="button" className="picker-case" onClick={() => pick(id)}>
                <b>{case_name}</b>
                <span>
                  {category}
                  {opened && ' · You have opened it before'}
                </span>
                {content_note && <span>May distress: {content_note}</span>}
              </button>
            )}
          />
        </Suspense>
      </div>
    </Sheet>
  )
}
