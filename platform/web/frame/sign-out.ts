import { useQueryClient } from '@tanstack/react-query'
import { signOut } from '#platform/identity/web/gotrue.ts'
import { forgetAnswers } from '../kept.ts'
import { useAct } from '../read.ts'
import { refusalIn } from '../words.ts'

/** Leaves, and leaves nothing of this person behind in this browser: the start is loaded anew, with an empty memory. */
export function useSignOut() {
  const client = useQueryClient()
  const act = useAct<void, void>(ended, {
    onDone: () => {
      sessionStorage.clear()
      forgetAnswers(client)
      location.assign('/')
    },
  })
  return { ...act, run: () => act.run() }
}

// Whose session has ended already is signed out.
async function ended(): Promise<void> {
  try {
    await signOut()
  } catch (error) {
    if (refusalIn(error as Error)?.problem.status !== 401) throw error
  }
}
