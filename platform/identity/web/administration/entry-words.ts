import { nameOf } from '../account/provider-name.ts'
import { acts } from './act-words.ts'
import { decisions } from './decisions.ts'

/** What an act on record was done to. The number of what has no name of its own tells it from others. */
export function subjectSays(kind: string, id: string): string {
  if (kind === 'reports') return reports[id] ?? id
  if (kind === 'audit') return ''
  return `${subjects[kind] ?? kind} ${shortened(id)}`
}

/** What else is on record of it. A detail that has no words yet is called by its name. */
export function detailSays(name: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return details[name]?.(text) ?? `${name} ${text}`
}

const subjects: Record<string, string | undefined> = {
  export: 'copy',
  job: 'job',
  passkey: 'passkey',
  invitation: 'invitation',
  report: 'report',
  session: 'session',
}
const reports: Record<string, string | undefined> = {
  open: 'reports that wait',
  in_work: 'reports in work',
  closed: 'reports that are closed',
}

const details: Record<string, ((value: string) => string | undefined) | undefined> = {
  act: (act) => `Only: ${acts[act] ?? act}`,
  before: (entry) => `From entry ${entry} back`,
  by: (who) => (who === 'operator' ? 'By the operator’s own program' : undefined),
  decision: (decision) => (Object.hasOwn(decisions, decision) ? decisions[decision as keyof typeof decisions] : undefined),
  export: (id) => `Copy ${shortened(id)}`,
  invitation: (id) => `Invitation ${shortened(id)}`,
  job: (name) => name,
  provider: nameOf,
  report: (id) => `Report ${shortened(id)}`,
  role: (role) => (role === 'administrator' ? 'As an administrator' : 'As an ordinary person'),
}

const shortened = (id: string) => (/^[0-9a-f]{8}-/.test(id) ? id.slice(0, 8) : id)
