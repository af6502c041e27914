import { Button } from '@mantine/core'
import { listShares, shareResult, takeBackShare } from '#domains/practice/api/shares.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Edit } from '#platform/web/parts/edit.tsx'
import { ChoiceField, TextField } from '#platform/web/parts/fields.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct, useRead } from '#platform/web/read.ts'
import type { Result } from './result.tsx'
import './history.css'

/** Who else sees a result: nobody, until the one it is about shows it. */
export const Sharing = ({ result }: { result: Result }) =>
  result.role === 'actor' || result.submitted_at === null ? null : (
    <div className="sharing">
      <Section title="Who else sees this" lead="Whoever you show it to. You can take it back at any time; then they find nothing.">
        <Shown {...result} />
      </Section>
    </div>
  )

function Shown({ session_id: session, round, with: marker }: Result) {
  const { items, people } = useRead(listShares, { session, round })
  const act = useAct(by(shareResult), { refreshes: [listShares], onDone: () => say('They can see it now') })
  const others = people.filter(({ id }) => id !== marker?.id)
  return (
    <>
      {items.length === 0 ? (
        <p>Nobody so far.</p>
      ) : (
        <Rows label="Who sees it">
          {items.map((item) => (
            <Row key={item.id}>
              <ShownTo {...item} />
            </Row>
          ))}
        </Rows>
      )}
      <Edit
        verb="Show it to somebody"
        says="They see your name, the case’s name and how you were rated. The checklist and the words give the case away: they open those only if they say so. Who played the patient is not named."
        act={act}
        submit="Show it"
        into={({ person, address = '' }) => (person ? { session, round, person } : { session, round, address })}
      >
        {others.length > 0 && (
          <ChoiceField
            name="person"
            label="Somebody you know here"
            choices={[
              { value: '', label: 'By e-mail address, below' },
              ...others.map(({ id, name, teaches }) => ({ value: id, label: teaches ? `${name}, your teacher` : name })),
            ]}
            optional
          />
        )}
        <TextField
          name="address"
          label={others.length > 0 ? 'Or their e-mail address' : 'Their e-mail address'}
          type="email"
          help="The one of their account here. We do not say whether there is one."
          optional
        />
      </Edit>
    </>
  )
}

function ShownTo({ id, name, address, shared_at }: OutputOf<typeof listShares>['items'][number]) {
  const act = useAct(by(takeBackShare), { refreshes: [listShares], onDone: () => say('Taken back') })
  const whom = name ?? address ?? 'Somebody who is not here any more'
  return (
    <>
      <span>
        {whom}{' '}
        <span className="result-says">
          since <When at={shared_at} kind="soon" />
        </span>
      </span>
      <Button variant="default" aria-label={`Take it back from ${whom}`} loading={act.busy} onClick={() => act.run({ id })}>
        Take it back
      </Button>
      {act.refusal && <Refused error={act.refusal} />}
    </>
  )
}
