import { Link } from '@tanstack/react-router'
import type { readAudit } from '#platform/audit/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { When } from '#platform/web/parts/when.tsx'
import { acts } from './act-words.ts'
import { detailSays, subjectSays } from './entry-words.ts'

/** One deed in one or two dense lines: when, who, what, about whom; why. */
export function AuditEntry({ at, actor, actor_name, role, action, subject_kind, subject_id, subject_name, reason, details }: Entry) {
  return (
    <div className="deed">
      <span className="deed-when">
        <When at={at} />
      </span>
      <p>
        {actor ? <OnlyThem id={actor} name={actor_name} /> : <span className="quiet">{others[role] ?? 'Whoever runs the machine'}</span>}{' '}
        <Link to="/administration/audit" search={{ act: action }} className="deed-act">
          {acts[action] ?? action}
        </Link>{' '}
        {acts[action] && <code className="deed-name">{action}</code>} <Subject {...{ actor, subject_kind, subject_id, subject_name }} />
      </p>
      {(reason || Object.keys(details).length > 0) && (
        <p className="deed-why">
          {reason && <span>“{reason}” </span>}
          {Object.entries(details).map(([name, value]) => (
            <span key={name} className="deed-detail" title={`${name}: ${String(value)}`}>
              {detailSays(name, value)}
            </span>
          ))}
        </p>
      )}
    </div>
  )
}

function Subject({ actor, subject_kind, subject_id, subject_name }: Pick<Entry, 'actor' | 'subject_kind' | 'subject_id' | 'subject_name'>) {
  if (subject_id === 'nobody') return null
  if (subject_kind !== 'person' && subject_kind !== 'account')
    return (
      <span className="quiet" title={subject_id}>
        {subjectSays(subject_kind, subject_id)}
      </span>
    )
  if (subject_id === actor) return <span className="quiet">(themselves)</span>
  return <OnlyThem id={subject_id} name={subject_name} />
}

const others: Record<string, string> = { service_role: 'The server', anon: 'A stranger' }

type Entry = OutputOf<typeof readAudit>['items'][number]

const OnlyThem = ({ id, name }: { id: string; name: string | null }) => (
  <Link to="/administration/audit" search={{ person: id }} title="Only what is on record about them">
    {name ?? `Somebody who is gone (${id.slice(0, 8)})`}
  </Link>
)
