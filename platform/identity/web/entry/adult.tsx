import { Link } from '@tanstack/react-router'
import { TickField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { useAct } from '#platform/web/read.ts'
import { auth } from '../gotrue.ts'
import { ComingIn, Quietly } from './coming-in.tsx'

/** Whoever comes by a provider for the first time has no account before this is said. */
export function Adult() {
  const act = useAct((adult: boolean) => auth<{ redirect_to: string }>('POST', '/callback/declaration', { adult }), {
    onDone: ({ redirect_to }) => location.assign(redirect_to),
  })
  return (
    <ComingIn title="One thing before you come in" lead="Vivavoce is for adults. Your account is made when you have said so.">
      <Form act={act} submit="Make my account" into={({ adult }) => adult === 'on'}>
        <TickField name="adult" label="I am 18 or older" />
      </Form>
      <Quietly>
        <Link to="/sign-in">Back to signing in</Link>
      </Quietly>
    </ComingIn>
  )
}
