import { useRef } from 'react'
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { closeBehind } from '#platform/web/parts/popover.ts'
import { read } from '#platform/web/read.ts'
import { listNotices } from '../api.ts'
import { Line } from './line.tsx'
import { useTold } from './told.ts'
import './bell.css'

/** Rings nobody up: a number, and behind it the latest notices. */
export function Bell({ person }: { person: string }) {
  const told = useTold(person)
  const refetchInterval = (told ? 5 : 1) * 60_000 // while the page is looked at
  const { data: notices } = useQuery({ ...read(listNotices, { limit: 5 }), refetchInterval, refetchOnWindowFocus: true })
  const sheet = useRef<HTMLDivElement>(null)
  const unread = notices?.unread ?? 0
  return (
    <>
      <button
        type="button"
        className="top-tool bell"
        popoverTarget="bell-sheet"
        aria-label={unread > 0 ? `Notices, ${unread} new` : 'Notices'}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7Z" />
          <path d="M10 20a2 2 0 0 0 4 0" />
        </svg>
        {unread > 0 && <span className="bell-count">{unread > 99 ? '99+' : unread}</span>}
      </button>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- what is pressed within are links */}
      <div
        ref={sheet}
        id="bell-sheet"
        popover="auto"
        className="sheet-menu bell-sheet"
        onClick={({ target }) => (target as Element).closest('a') && sheet.current?.hidePopover()}
        onBlur={closeBehind}
      >
        {notices && notices.items.length > 0 ? (
          <Rows label="Latest notices">
            {notices.items.map((notice) => (
              <Row key={notice.id}>
                <Line notice={notice} />
              </Row>
            ))}
          </Rows>
        ) : (
          <p className="bell-empty">Nothing new. What happens here without you will be told here.</p>
        )}
        <Link to="/notices">All notices</Link>
      </div>
    </>
  )
}
