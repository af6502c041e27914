import { invite, listInvitations } from '#platform/identity/invitations/api.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { ChoiceField, TextField } from '#platform/web/parts/fields.tsx'
import { Form, type Fields } from '#platform/web/parts/form.tsx'
import { DataList } from '#platform/web/parts/list.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { by, useAct } from '#platform/web/read.ts'
import { AdministrationPage } from './administration-page.tsx'
import { Invitation } from './invitation.tsx'
import { MadeLink } from './made-link.tsx'
import { ReasonField } from './reason.tsx'

export function Invitations() {
  const act = useAct(by(invite), { refreshes: [listInvitations] })
  return (
    <AdministrationPage title="Invitations" lead="A link that lets one person in, once.">
      <div className="columns">
        <Form act={act} submit="Make the invitation" clears into={invitationOf} variant={act.done ? 'default' : 'filled'}>
          <ChoiceField name="role" label="They become" choices={roles} />
          <ChoiceField name="days" label="Good for" choices={days} defaultValue="7" />
          <TextField
            name="email"
            label="E-mail"
            type="email"
            optional
            help="With an address it is mailed, and only its owner can take it."
          />
          <ReasonField help="Goes on record beside your name." />
        </Form>
      </div>
      {act.done && <MadeLink link={act.done.link} />}
      <Section title="Made so far">
        <DataList
          label="Invitations"
          op={listInvitations}
          input={{}}
          empty={<Empty>Nobody is invited yet. Make an invitation above, and give its link to whoever you want here.</Empty>}
          row={(invitation) => <Invitation {...invitation} />}
        />
      </Section>
    </AdministrationPage>
  )
}

const invitationOf = ({ email, role, days, reason = '' }: Fields) => ({
  role: role === 'administrator' ? ('administrator' as const) : ('person' as const),
  days: Number(days),
  reason,
  ...(email ? { email } : {}),
})
const roles = [
  { value: 'person', label: 'A person like all others' },
  { value: 'administrator', label: 'An administrator' },
]
const days = [1, 7, 14, 31].map((day) => ({ value: `${day}`, label: day === 1 ? 'one day' : `${day} days` }))
