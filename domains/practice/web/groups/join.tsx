import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate, useParams } from '@tanstack/react-router'
import { call, Refusal } from '#platform/operations/call.ts'
import type { OutputOf, SentTo } from '#platform/operations/operation.ts'
import { useWho } from '#platform/web/me.ts'
import { Form } from '#platform/web/parts/form.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { useAct } from '#platform/web/read.ts'
import { joinGroup, listAssigned, listGroups, readGroupLink } from '../../api/groups.ts'
import { readProfile } from '../../api/profile.ts'
import { AppearFirst, appearThen, useIsNew } from '../finding/appear.tsx'
import { PracticePage } from '../tabs.tsx'
import { allGroups } from './group.tsx'
import { WhatIsSeen } from './what-is-seen.tsx'
import './groups.css'

type Seen = OutputOf<typeof readGroupLink>

/** For whoever was sent a link. */
export function Join() {
  const { token } = useParams({ strict: false }) as { token: string }
  const me = useWho()
  return me === null || me === 'pending' ? <Invited /> : <Known token={token} />
}

/** Whoever was sent the link and has no account yet would else find themselves before a door without a word. */
function Invited() {
  const next = `?next=${encodeURIComponent(useLocation().pathname)}`
  return (
    <PracticePage
      title="You are invited to a group"
      lead="Its teacher assigns clinical cases, which you rehearse with a partner, or alone. Sign in, and this page says who teaches it and what they would see of you."
    >
      <div className="group-acts">
        <Button component={Link} to={`/sign-up${next}`}>
          Make an account
        </Button>
        <Button variant="default" component={Link} to={`/sign-in${next}`}>
          Sign in
        </Button>
      </div>
    </PracticePage>
  )
}

function Known({ token }: { token: string }) {
  const group = useLink(token)
  if (group === null)
    return (
      <PracticePage
        title="This link does not work"
        above={allGroups}
        lead="It was taken away, or is not whole. Ask whoever sent it for another one."
      >
        <Button variant="default" component={Link} to="/practice/groups">
          To my groups
        </Button>
      </PracticePage>
    )
  const { id, name, words, people, part } = group
  const teacher = `${group.teacher_first_name} ${group.teacher_last_name}`.trim()
  return (
    <PracticePage
      title={part ? name : `Join “${name}”?`}
      above={allGroups}
      lead={`Taught by ${teacher}. ${countOf(people)}${words && ` ${words}`}`}
    >
      {part ? (
        <>
          <p>
            {part === 'teacher'
              ? 'You teach this group. Send the address of this page to those you teach.'
              : 'You are in this group already.'}
          </p>
          <Button component={Link} to={`/practice/groups/${id}`}>
            Open the group
          </Button>
        </>
      ) : (
        <Joining token={token} group={group} />
      )}
    </PracticePage>
  )
}

const countOf = (people: number) =>
  people === 0 ? 'Nobody is in it yet.' : people === 1 ? 'One person is in it.' : `${people} people are in it.`

// That there is no such group is what this page has to say, and no reason to have no page.
const useLink = (token: string): Seen | null =>
  useSuspenseQuery({
    queryKey: [readGroupLink.path, token],
    queryFn: () =>
      call(readGroupLink, { token }).catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'no_such_group') return null
        throw error
      }),
  }).data

function Joining({ token, group }: { token: string; group: Seen }) {
  const isNew = useIsNew()
  const navigate = useNavigate()
  const act = useAct(
    appearThen(isNew, (input: SentTo<typeof joinGroup>) => call(joinGroup, input)),
    {
      refreshes: [listGroups, listAssigned, readProfile, readGroupLink],
      onDone: ({ id }) => {
        say('You are in the group')
        void navigate({ to: '/practice/groups/$id', params: { id }, replace: true })
      },
    },
  )
  return (
    <>
      <WhatIsSeen teacher={group.teacher_first_name} />
      <Form act={act} submit="Join the group" into={(fields) => ({ fields, input: { token } })}>
        {isNew && <AppearFirst />}
      </Form>
    </>
  )
}
