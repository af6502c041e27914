import { useSuspenseQuery } from '@tanstack/react-query'
import { readWaysIn } from '#platform/identity/api.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { useAct } from '#platform/web/read.ts'
import { refusalIn } from '#platform/web/words.ts'
import { auth } from '../gotrue.ts'
import { CodesToKeep } from './codes-to-keep.tsx'
import { ProveAgain } from './prove-again.tsx'

const codes = { path: '/auth/v1/factors/recovery-codes' }
type Left = { total: number; remaining: number }

export function RecoveryCodes() {
  const { data: left } = useSuspenseQuery({ queryKey: [codes.path], queryFn: readLeft })
  const make = useAct((again: boolean) => auth<{ codes: string[] }>('POST', `/factors/recovery-codes${again ? '/regenerate' : ''}`), {
    refreshes: [codes, readWaysIn],
  })
  if (make.done) return <CodesToKeep codes={make.done.codes} onKept={make.forget} />
  if (!left)
    return (
      <>
        <p>You have none. Make them now, while you still have your phone.</p>
        <Form variant="default" act={make} submit="Make recovery codes" into={() => false}>
          <ProveAgain refusal={make.refusal} />
        </Form>
      </>
    )
  return (
    <>
      <p>
        {left.remaining} of {left.total} are left.
      </p>
      <Confirm verb="Make new ones" says="The ones you have stop working at once." act={make} into={() => true}>
        <ProveAgain refusal={make.refusal} />
      </Confirm>
    </>
  )
}

async function readLeft(): Promise<Left | null> {
  try {
    return await auth<Left>('GET', '/factors/recovery-codes')
  } catch (error) {
    if (refusalIn(error as Error)?.code === 'mfa_factor_not_found') return null
    throw error
  }
}
