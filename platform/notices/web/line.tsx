import { Link } from '@tanstack/react-router'
import type { OutputOf } from '#platform/operations/operation.ts'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { listNotices, markRead } from '../api.ts'
import './line.css'

type Notice = OutputOf<typeof listNotices>['items'][number]

/** One notice. Whoever follows it has read it. */
export function Line({ notice: { id, title, body, leads_to, made_at, read_at } }: { notice: Notice }) {
  const read = useAct(by(markRead), { refreshes: [listNotices] })
  const asRead = () => read_at ?? read.run({ id })
  return (
    <div className="notice" data-unread={read_at === null || undefined}>
      <p className="notice-title">
        {leads_to ? (
          <Link to={leads_to} onClick={asRead}>
            {title}
          </Link>
        ) : (
          title
        )}
        {read_at === null && <span className="notice-new">New</span>}
      </p>
      {body && <p>{body}</p>}
      <p className="notice-when">
        <When at={made_at} kind="ago" />
        {read_at === null && !leads_to && (
          <button type="button" onClick={asRead} disabled={read.busy}>
            Mark as read
          </button>
        )}
      </p>
    </div>
  )
}
