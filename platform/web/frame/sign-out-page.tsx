import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { allUnsentOf } from '#platform/live/web/unsent.ts'
import { useReached } from '../connection.ts'
import { useMe } from '../me.ts'
import { Form } from '../parts/form.tsx'
import { Row, Rows } from '../parts/list.tsx'
import { Page } from '../parts/page.tsx'
import { When } from '../parts/when.tsx'
import { useSignOut } from './sign-out.ts'

const aSecond = 1_000 // while it is looked at, what is not sent yet goes

/** Asks before what is not sent yet is lost: it is in this browser and nowhere else. */
export function SignOut() {
  const { id } = useMe()
  const { data: unsent = [] } = useQuery({ queryKey: ['unsent', id], queryFn: () => allUnsentOf(id), refetchInterval: aSecond, gcTime: 0 })
  const leave = useSignOut({ asks: false })
  const one = unsent.length === 1
  const nothing = 'Everything you wrote here is sent.'
  const lead = one ? 'One thing you wrote here is not sent yet.' : `${unsent.length} things you wrote here are not sent yet.`
  return (
    <Page title="Sign out?" lead={unsent.length === 0 ? nothing : lead}>
      {unsent.length > 0 && (
        <p>
          Signing out erases {one ? 'it' : 'them'} from this browser, and nobody else has {one ? 'it' : 'them'}.
        </p>
      )}
      {unsent.length > 0 && (
        <Rows label="Not sent yet">
          {unsent.map(({ order, page, made_at, refused }) => (
            <Row key={order}>
              <Link to={page}>
                <span>
                  Written <When at={made_at} kind="ago" />
                </span>
                <Waits refused={refused !== undefined} />
              </Link>
            </Row>
          ))}
        </Rows>
      )}
      <Form
        act={leave}
        submit={unsent.length === 0 ? 'Sign out' : `Sign out and lose ${one ? 'it' : 'them'}`}
        variant={unsent.length === 0 ? 'filled' : 'danger'}
        into={() => undefined}
        beside={<Link to="/today">Stay</Link>}
      />
    </Page>
  )
}

function Waits({ refused }: { refused: boolean }) {
  const reached = useReached()
  if (refused) return <span>Was refused: look why</span>
  return <span>{reached ? 'Is being sent' : 'Waits for the connection'}</span>
}
