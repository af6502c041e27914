import { useRouter } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { signOut } from '#platform/identity/web/gotrue.ts'
import { mayBeLeft } from '#platform/live/web/left.ts'
import { forgetAnswers } from '../kept.ts'
import { me } from '../me.ts'
import { useAct } from '../read.ts'
import { refusalIn } from '../words.ts'

/**
 * Leaves, and leaves nothing of this person behind in this browser: the start is loaded anew, with an empty memory. Who would lose
 * something that is not sent yet is asked first, on a page of its own.
 */
export function useSignOut({ asks = true } = {}) {
  const client = useQueryClient()
  const router = useRouter()
  const leave = async () => {
    const who = client.getQueryData(me.queryKey)
    if (!who || who === 'pending' || !mayBeLeft()) await ended()
    else {
      const { allUnsentOf, forgetUnsent } = await import('#platform/live/web/unsent.ts')
      if (asks && (await allUnsentOf(who.id)).length > 0) return 'asks'
      await ended()
      await forgetUnsent(who.id)
    }
    return 'left'
  }
  const act = useAct<void, 'asks' | 'left'>(leave, {
    onDone: (outcome) => {
      if (outcome === 'asks') void router.navigate({ to: '/sign-out' })
      else {
        sessionStorage.clear()
        forgetAnswers(client)
        location.assign('/')
      }
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
