import type { PersonHooks } from '#platform/identity/person-hooks.ts'

// Answers are copies, kept for a day against a request that is sent twice. They are nothing to take along.
export const answersToPerson: PersonHooks = {
  name: 'operations',
  export: async () => ({}),
  async erase(db, userId) {
    await db.call('private.forget_answers', { person: userId })
  },
}
