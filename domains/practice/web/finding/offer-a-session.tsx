import { useNavigate, useSearch } from '@tanstack/react-router'
import { call } from '#platform/operations/call.ts'
import type { SentTo } from '#platform/operations/operation.ts'
import { readNext } from '#platform/scheduling/api.ts'
import { isDay } from '#platform/scheduling/time.ts'
import { ChoiceField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { useAct } from '#platform/web/read.ts'
import { listOffers, offerSession } from '../../api/finding.ts'
import { readProfile } from '../../api/profile.ts'
import { listPracticeSessions } from '../../api/sessions.ts'
import { PracticePage } from '../tabs.tsx'
import { AppearFirst, appearThen, useIsNew } from './appear.tsx'
import { CaseField } from './case-field.tsx'
import { useMyZone } from './clocks.ts'
import { useFreeEvening } from './free-evening.ts'
import { OfferFields, plannedOf } from './offer-fields.tsx'
import './find.css'

export function OfferASession() {
  return (
    <PracticePage
      title="Offer a session"
      lead="It stands in the list of free seats until somebody takes it. You are told then, and can withdraw it until it begins."
    >
      <Offering />
    </PracticePage>
  )
}

function Offering() {
  const zone = useMyZone()
  const isNew = useIsNew()
  const navigate = useNavigate()
  const { day, as } = useSearch({ strict: false }) as { day?: unknown; as?: unknown }
  const free = useFreeEvening(zone, typeof day === 'string' && isDay(day) ? day : undefined)
  const act = useAct(
    appearThen(isNew, (input: SentTo<typeof offerSession>) => call(offerSession, input)),
    {
      refreshes: [listPracticeSessions, listOffers, readNext, readProfile],
      onDone: ({ id }) => {
        say('Your session is offered')
        void navigate({ to: '/practice/offers/$id', params: { id } })
      },
    },
  )
  return (
    <Form
      act={act}
      submit="Offer the session"
      into={(fields) => ({
        fields,
        input: {
          ...plannedOf(fields, zone),
          case_id: fields['case_id'] || null,
          as_candidate: fields['as_candidate'] === 'yes',
        },
      })}
    >
      {isNew && <AppearFirst />}
      <OfferFields zone={zone} planned={{ starts_at: free }} />
      <CaseField />
      <ChoiceField
        name="as_candidate"
        label="Who is the candidate first"
        choices={roles}
        defaultValue={as === 'candidate' ? 'yes' : 'no'} // what a teacher assigned is to be played, not acted
      />
    </Form>
  )
}

const roles = [
  { value: 'no', label: 'We decide together' },
  { value: 'yes', label: 'I am the candidate' },
]
