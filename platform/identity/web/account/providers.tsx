import { Button } from '@mantine/core'
import { beginLink, readWaysIn, removeLink } from '#platform/identity/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { ProveAgain } from './prove-again.tsx'
import { nameOf } from './provider-name.ts'

type Linked = OutputOf<typeof readWaysIn>['providers'][number]

export function Providers({ linked, offered }: { linked: readonly Linked[]; offered: readonly string[] }) {
  const link = useAct(by(beginLink), { onDone: ({ url }) => location.assign(url) })
  return (
    <>
      {linked.length === 0 ? (
        <Empty>None is linked.</Empty>
      ) : (
        <Rows label="Accounts elsewhere">
          {linked.map((one) => (
            <Provider key={one.id} {...one} />
          ))}
        </Rows>
      )}
      {link.refusal && <Refused error={link.refusal} />}
      <ProveAgain refusal={link.refusal} />
      <div className="row-acts">
        {offered
          .filter((name) => !linked.some(({ provider }) => provider === name))
          .map((provider) => (
            <Button key={provider} variant="default" loading={link.busy} onClick={() => link.run({ provider })}>
              Link {nameOf(provider)}
            </Button>
          ))}
      </div>
    </>
  )
}

function Provider({ id, provider, email }: Linked) {
  const remove = useAct(by(removeLink), { refreshes: [readWaysIn], onDone: () => say('Unlinked') })
  return (
    <Row>
      <span>
        {nameOf(provider)}
        {email && <span className="row-says">{email}</span>}
      </span>
      <Confirm verb="Unlink" says={`${nameOf(provider)} does not open your account any more.`} act={remove} into={() => ({ id })}>
        <ProveAgain refusal={remove.refusal} />
      </Confirm>
    </Row>
  )
}
