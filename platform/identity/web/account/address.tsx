import { TextField } from '#platform/web/parts/fields.tsx'
import { useAct } from '#platform/web/read.ts'
import { auth } from '../gotrue.ts'
import { Edit } from '#platform/web/parts/edit.tsx'
import { ProveAgain } from './prove-again.tsx'
import { myUser, useUser } from './user.ts'

export function Address() {
  const { email, new_email } = useUser()
  const change = useAct((email: string) => auth('PUT', '/user', { email }), { refreshes: [myUser] })
  return (
    <>
      <p>{email}</p>
      {new_email && (
        <output className="pending">
          We wrote to {email} and to {new_email}. Your address changes once the links in both mails were followed.
        </output>
      )}
      <Edit
        verb="Change the address"
        submit="Send the links"
        says="A link goes to both addresses: to the new one, so that it is yours, and to the old one, so that nobody takes it from you."
        act={change}
        into={({ email = '' }) => email}
      >
        <TextField name="email" label="New address" type="email" autoComplete="email" />
        <ProveAgain refusal={change.refusal} />
      </Edit>
    </>
  )
}
