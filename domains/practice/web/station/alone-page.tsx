import { useState } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@mantine/core'
import { readNext } from '#platform/scheduling/api.ts'
import { useNow } from '#platform/scheduling/web/now.ts'
import { ChoiceField } from '#platform/web/parts/fields.tsx'
import { Form, type Fields } from '#platform/web/parts/form.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { by, read, useAct, useRead } from '#platform/web/read.ts'
import { listFormats, seeCase } from '../../api/library.ts'
import { practiseAlone } from '../../api/sessions.ts'
import { AppearFirst, appearThen, useIsNew } from '../finding/appear.tsx'
import { PracticePage } from '../tabs.tsx'
import { CasePicker } from './case-picker.tsx'
import { MayDistress } from './may-distress.tsx'
import { Shape } from './shape.tsx'
import './choosing.css'
import './solo.css'

/** At one in the morning, when nobody else is awake. */
export function AlonePage() {
  return (
    <PracticePage
      title="Practise alone"
      lead="The same cards, clock and bells. Say aloud what you would say, or type it; then the markscheme opens and you mark yourself."
    >
      <PlannedSoon />
      <Begin />
    </PracticePage>
  )
}

/** No calendar keeps anybody from playing alone; it is said, and no more. */
function PlannedSoon() {
  const { data } = useQuery(read(readNext, {}))
  const now = useNow()
  const soon = data?.next.find(({ starts_at }) => Date.parse(starts_at) > now && Date.parse(starts_at) - now < withinTheHour)
  if (!soon) return null
  return (
    <p className="alone-soon">
      You have something planned soon: {soon.title}, <When at={soon.starts_at} kind="ago" />.
    </p>
  )
}
const withinTheHour = 3_600_000

function Begin() {
  const { case: asked } = useSearch({ strict: false }) as { case?: unknown }
  const [chosen, choose] = useState(typeof asked === 'string' ? asked : '')
  const [picking, setPicking] = useState(false)
  const { items } = useRead(listFormats, {})
  const seen = useQuery({ ...read(seeCase, { id: chosen }), enabled: chosen !== '' }).data // one that is gone is no fault of this page
  const fitting = items.filter(({ id }) => !seen?.formats.length || seen.formats.includes(id))
  const [format, setFormat] = useState('')
  const shown = fitting.find(({ id }) => id === format) ?? fitting[0]!
  const go = useNavigate()
  const isNew = useIsNew()
  const act = useAct(appearThen(isNew, by(practiseAlone)), {
    onDone: ({ id }) => void go({ to: `/practice/sessions/${id}` }),
  })
  return (
    <>
      <Form
        act={act}
        submit="Ring the first bell"
        into={(fields: Fields) => ({ fields, input: { format: shown.id, case_id: seen ? chosen : null } })}
      >
        {isNew && <AppearFirst says="Asked once, for all of Practice. Nobody learns that you practise alone." />}
        <ChoiceField
          key={chosen}
          name="format"
          label="Format"
          choices={fitting.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={shown.id}
          onChoose={setFormat}
        />
        <div className="choosing">
          <p className="choosing-title">The case</p>
          <p className={seen ? 'choosing-case' : 'choosing-says'}>
            {seen?.case_name ?? 'A surprise, rather one that you have never opened.'}
          </p>
          {seen?.content_note && <MayDistress key={chosen} case_id={chosen} note={seen.content_note} />}
          <div className="choosing-acts">
            <Button variant="default" onClick={() => setPicking(true)}>
              {seen ? 'Choose another' : 'Choose a case'}
            </Button>
            {seen && (
              <Button variant="default" onClick={() => choose('')}>
                Make it a surprise
              </Button>
            )}
          </div>
        </div>
      </Form>
      <h2 className="alone-how">How it goes</h2>
      <Shape session={{ format: shown.id, type: 'mock', partner: 'nobody' }} />
      {picking && (
        <CasePicker
          format={shown.id}
          close={() => setPicking(false)}
          pick={(id) => {
            setPicking(false)
            choose(id)
          }}
        />
      )}
    </>
  )
}
