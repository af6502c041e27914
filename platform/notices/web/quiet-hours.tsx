import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Edit } from '#platform/web/parts/edit.tsx'
import { ChoiceField } from '#platform/web/parts/fields.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { changeChoices, readChoices } from '../api.ts'

/** When nothing that can wait may make a sound. */
export function QuietHours() {
  const { quiet, zone } = useRead(readChoices, {})
  const change = useAct(by(changeChoices), { refreshes: [readChoices], onDone: () => say('Saved') })
  const end = useAct(by(changeChoices), { refreshes: [readChoices], onDone: () => say('No hour is quiet any more') })
  return (
    <>
      <p>
        {quiet ? (
          <>
            Quiet from <strong>{quiet.from}</strong> until <strong>{quiet.until}</strong>
            {quiet.until < quiet.from && ' the next day'}, by the clocks of {zone ? zone.replaceAll('_', ' ') : 'UTC'}.
          </>
        ) : (
          'No hour is quiet.'
        )}
        {!zone && (
          <span className="row-says">
            We do not know your time zone, so hours are counted in UTC. <Link to="/account">Say where you are</Link>
          </span>
        )}
      </p>
      <div className="row-acts">
        <Edit
          verb={quiet ? 'Change quiet hours' : 'Set quiet hours'}
          says="The same every day. Whatever comes meanwhile is told when they end."
          submit="Save"
          act={change}
          into={({ from = '', until = '' }) => ({ quiet: { from, until } })}
        >
          <ChoiceField name="from" label="From" defaultValue={quiet?.from ?? '22:00'} choices={timesWith(quiet?.from)} />
          <ChoiceField name="until" label="Until" defaultValue={quiet?.until ?? '07:00'} choices={timesWith(quiet?.until)} />
        </Edit>
        {quiet && (
          <Button variant="default" loading={end.busy} onClick={() => end.run({ quiet: null })}>
            Have none
          </Button>
        )}
      </div>
      {end.refusal && <Refused error={end.refusal} />}
    </>
  )
}

const halfHours = Array.from({ length: 48 }, (_, at) => `${String(Math.floor(at / 2)).padStart(2, '0')}:${at % 2 ? '30' : '00'}`)

/** Every half an hour of a day; and what a program may have set between. */
const timesWith = (time = '00:00') => [...new Set([...halfHours, time])].toSorted().map((value) => ({ value, label: value }))
