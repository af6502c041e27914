import type { ReactNode } from 'react'
import { Button } from '@mantine/core'
import type { AnyOperation, OutputOf, SentTo } from '#platform/operations/operation.ts'
import { useList } from '../read.ts'
import './list.css'

type Item<P extends AnyOperation> = OutputOf<P> extends { items: (infer T)[] } ? T : never
export type DataListProps<P extends AnyOperation> = {
  /** What the list is of, for those who hear it. */
  label: string
  op: P
  input: SentTo<P>
  empty: ReactNode
  row: (item: Item<P>) => ReactNode
}

/** A list that pages by cursor: rows with hairlines, and more at the press of a button. */
export function DataList<P extends AnyOperation>({ label, op, input, empty, row }: DataListProps<P>) {
  const { items, more, loading } = useList(op, input)
  if (items.length === 0) return empty
  return (
    <>
      <Rows label={label}>
        {(items as (Item<P> & { id: string })[]).map((item) => (
          <Row key={item.id}>{row(item)}</Row>
        ))}
      </Rows>
      {more && (
        <Button variant="default" onClick={more} loading={loading}>
          Show more
        </Button>
      )}
    </>
  )
}

export const Rows = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul className="rows" aria-label={label} ref={walked}>
    {children}
  </ul>
)

export const Row = ({ children }: { children: ReactNode }) => <li className="row">{children}</li>

// J and K, or the arrows: to the next row, and back.
function walked(list: HTMLUListElement): () => void {
  const walk = (event: KeyboardEvent) => {
    const step = steps[event.key]
    const here = event.target as HTMLElement
    if (!step || event.ctrlKey || event.metaKey || event.altKey || here.matches('input, textarea, select')) return
    const rows = [...list.children]
    const next = rows[rows.findIndex((row) => row.contains(here)) + step]?.querySelector<HTMLElement>('a, button, summary')
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  list.addEventListener('keydown', walk)
  return () => list.removeEventListener('keydown', walk)
}
const steps: Record<string, 1 | -1> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }
