import type { Rules } from '#tests/rules/written.ts'

// Nobody is granted what would change an entry or a seal, nor any way to append but through the functions.
export const rules: Rules = {
  'audit.entries': { service_role: { select: 'every column' } },
  'audit.unsealed': { service_role: { select: 'every column', delete: true } },
  'audit.seals': { service_role: { select: 'every column', insert: 'every column' } },
  'private.audit_stays()': [],
  'private.audit(text,text,text,text,jsonb)': ['authenticated', 'service_role'],
  'private.audit_for(uuid,text,text,text,text,jsonb)': ['service_role'],
  'private.read_audit(text,uuid,bigint,integer)': ['authenticated'],
  'private.verify_audit(boolean)': ['authenticated'],
}
