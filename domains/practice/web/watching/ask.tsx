import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { call, Refusal } from '#platform/operations/call.ts'
import type { OutputOf, SentTo } from '#platform/operations/operation.ts'
import { Form } from '#platform/web/parts/form.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { useAct } from '#platform/web/read.ts'
import { readProfile } from '../../api/profile.ts'
import { askToWatch, listWatched, readObserverLink, readWatched } from '../../api/watching.ts'
import { AppearFirst, appearThen, useIsNew } from '../finding/appear.tsx'
import { PracticePage } from '../tabs.tsx'

type Seen = OutputOf<typeof readObserverLink>

/** For whoever was sent a link by one of two who practise. */
export function AskToWatch() {
  const { token } = useParams({ strict: false }) as { token: string }
  const found = useLink(token)
  if (found === null)
    return (
      <PracticePage
        title="This link does not work"
        lead="The session is over, one of the two has left, or the link is not whole. Ask whoever sent it for another one."
      >
        <Button variant="default" component={Link} to="/practice">
          Find a partner
        </Button>
      </PracticePage>
    )
  const { host_name, guest_name, invited_by, starts_at, part, id } = found
  const other = invited_by === host_name ? guest_name : host_name
  return (
    <PracticePage
      title={`Watch ${host_name} and ${guest_name} practise?`}
      lead={
        <>
          <When at={starts_at} /> · sent to you by {invited_by}
        </>
      }
    >
      {part === null ? (
        <>
          <p>
            You ask, and {other} has to agree: both see your name. Then you can come into the room, see the clock, and read what the
            candidate reads; everything else when the feedback begins. You mark nothing and see no marks, and either of them may send you
            out at any time.
          </p>
          <Asking token={token} />
        </>
      ) : (
        <>
          <p>
            {part === 'player'
              ? 'This is your own session. Send the address of this page to somebody who would like to watch.'
              : part === 'asked'
                ? `You have asked. ${other} has not answered yet.`
                : 'Both agree: you may watch.'}
          </p>
          <Button component={Link} to={part === 'player' ? `/practice/sessions/${id}` : `/practice/watching/${id}`}>
            {part === 'player' ? 'To my session' : 'Go on'}
          </Button>
        </>
      )}
    </PracticePage>
  )
}

// That it opens nothing is what this page has to say, and no reason to have no page.
const useLink = (token: string): Seen | null =>
  useSuspenseQuery({
    queryKey: [readObserverLink.path, token],
    queryFn: () =>
      call(readObserverLink, { token }).catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'link_opens_nothing') return null
        throw error
      }),
  }).data

function Asking({ token }: { token: string }) {
  const isNew = useIsNew()
  const navigate = useNavigate()
  const act = useAct(
    appearThen(isNew, (input: SentTo<typeof askToWatch>) => call(askToWatch, input)),
    {
      refreshes: [readObserverLink, listWatched, readWatched, readProfile],
      onDone: ({ id }) => void navigate({ to: '/practice/watching/$id', params: { id }, replace: true }),
    },
  )
  return (
    <Form act={act} submit="Ask to watch" into={(fields) => ({ fields, input: { token } })}>
      {isNew && <AppearFirst />}
    </Form>
  )
}
