import { Link } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { readSystem } from '#platform/operations/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { closeReport, listReports, type takeReport } from '#platform/safety/api.ts'
import { kinds } from '#platform/safety/web/kinds.ts'
import { useMe } from '#platform/web/me.ts'
import { ChoiceField } from '#platform/web/parts/fields.tsx'
import { Quote } from '#platform/web/parts/quote.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct, type Act } from '#platform/web/read.ts'
import { Edit } from '#platform/web/parts/edit.tsx'
import { Chip } from './chip.tsx'
import { ReasonField } from './reason.tsx'
import { decisions } from './decisions.ts'

type ReportProps = OutputOf<typeof listReports>['items'][number] & { take: Act<{ id: string }, OutputOf<typeof takeReport>> }

export function Report(report: ReportProps) {
  const {
    id,
    kind,
    words,
    context,
    state,
    reported_at,
    closed_at,
    reporter_id,
    reported_id,
    subject_kind,
    subject_id,
    taken_by,
    decision,
    reason,
    take,
  } = report
  const me = useMe()
  const around = Object.entries(context)
  return (
    <article className="row-wide" aria-label={kinds[kind]}>
      <p className="beside">
        <strong>{kinds[kind]}</strong>
        <span className="quiet">
          reported <When at={reported_at} />
        </span>
        {state === 'in_work' && <Chip is="warn">{taken_by === me.id ? 'In your hands' : 'Another administrator works on it'}</Chip>}
        {decision && <Chip is="good">{decisions[decision]}</Chip>}
      </p>
      {words && <Quote from="In the words of the person who reported it">{words}</Quote>}
      <p className="beside quiet">
        <span>
          {subject_kind === 'person' ? (
            'About a person'
          ) : (
            <>
              About{' '}
              <code>
                {subject_kind} {subject_id}
              </code>
            </>
          )}
        </span>
        {around.map(([name, value]) => (
          <span key={name}>
            {name} <code>{value}</code>
          </span>
        ))}
        {reported_id && <Link to={`/administration/people/${reported_id}`}>The reported person</Link>}
        <Link to={`/administration/people/${reporter_id}`}>Who reported</Link>
      </p>
      {closed_at && (
        <p>
          Closed <When at={closed_at} />
          {reason && <>: “{reason}”</>}
        </p>
      )}
      {state === 'open' && (
        <div>
          <Button onClick={() => take.run({ id })} loading={take.busy}>
            Take the report
          </Button>
        </div>
      )}
      {state === 'in_work' && taken_by === me.id && <Decide id={id} />}
    </article>
  )
}

function Decide({ id }: { id: string }) {
  const close = useAct(by(closeReport), {
    refreshes: [listReports, readSystem],
    onDone: () => say('Decided. Who reported is told that it is closed'),
  })
  return (
    <div>
      <Edit
        verb="Decide"
        submit="Decide"
        says="The report is closed, and whoever reported is told so, never by whom or how. To suspend somebody, open the reported person first: what you choose here is only written down."
        act={close}
        into={({ decision, reason = '' }) => ({ id, reason, decision: decision as keyof typeof decisions })}
        button={{ variant: 'filled' }}
      >
        <ChoiceField
          name="decision"
          label="What was decided"
          choices={Object.entries(decisions).map(([value, label]) => ({ value, label }))}
        />
        <ReasonField />
      </Edit>
    </div>
  )
}
