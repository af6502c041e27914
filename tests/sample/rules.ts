import type { Rules } from '../rules/written.ts'

export const rules: Rules = {
  'sample.notes': {
    authenticated: {
      select: ['id', 'owner_id', 'title', 'body', 'kind', 'created_at'],
      insert: ['title', 'body', 'kind'],
      update: ['title', 'body', 'kind'],
    },
  },
  'sample.count_notes()': ['authenticated'],
  'sample.finish(uuid)': ['authenticated'],
}
