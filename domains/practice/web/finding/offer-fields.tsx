import { useState } from 'react'
import { TextInput } from '@mantine/core'
import type { SentTo } from '#platform/operations/operation.ts'
import { instantOf, wallOf } from '#platform/scheduling/time.ts'
import { ChoiceField, LongField, type Choice } from '#platform/web/parts/fields.tsx'
import { useFault, type Fields } from '#platform/web/parts/form.tsx'
import { useRead } from '#platform/web/read.ts'
import type { changeOffer } from '../../api/finding.ts'
import { listFormats } from '../../api/library.ts'
import { NoRealPatient } from '../no-real-patient.tsx'
import { choicesOf, levels, types, type Level, type Type } from '../words.ts'

type Planned = Omit<SentTo<typeof changeOffer>, 'id' | 'version'>

/** When, how long, how it goes, and for whom. */
export function OfferFields({ zone, planned }: { zone: string; planned: Partial<Planned> & { starts_at: string } }) {
  const { items: formats } = useRead(listFormats, {})
  const [format, setFormat] = useState(planned.format ?? formats[0]!.id)
  const { day, clock } = wallOf(planned.starts_at, zone)
  const chosen = formats.find(({ id }) => id === format)
  return (
    <>
      <div className="offer-fields-when">
        <TextInput name="day" label="Day" type="date" required withAsterisk={false} defaultValue={day} error={useFault('starts_at')} />
        <TextInput name="clock" label="Begins at" type="time" required withAsterisk={false} defaultValue={clock} />
        <ChoiceField name="minutes" label="For" choices={lengthsWith(planned.minutes)} defaultValue={`${planned.minutes ?? 60}`} />
      </div>
      <div onChange={({ target }) => setFormat((target as HTMLElement as HTMLSelectElement).value)}>
        <ChoiceField
          name="format"
          label="Format"
          choices={formats.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={format}
          help={chosen && `${chosen.words}${roundsIn(chosen)}`}
        />
      </div>
      <div className="offer-fields-what">
        <ChoiceField name="type" label="What for" choices={choicesOf(types)} defaultValue={planned.type ?? 'mock'} />
        <ChoiceField name="level" label="Level" choices={choicesOf(levels)} defaultValue={planned.level ?? 'any'} />
      </div>
      <LongField
        name="note"
        label="A word to whoever might come"
        help="They read it before they take the seat."
        rows={2}
        maxLength={500}
        defaultValue={planned.note}
        optional
      />
      <NoRealPatient />
    </>
  )
}

/** From the fields, in the zone in which they were read. */
export const plannedOf = ({ day = '', clock = '', minutes, format = '', type, level, note = '' }: Fields, zone: string): Planned => ({
  starts_at: instantOf(day, clock, zone).toISOString(),
  minutes: Number(minutes),
  format,
  type: type as Type,
  level: level as Level,
  note,
})

const lengths = [30, 45, 60, 90, 120, 180]
const lengthsWith = (minutes = 60): Choice[] =>
  [...new Set([...lengths, minutes])].toSorted((a, b) => a - b).map((length) => ({ value: `${length}`, label: inWords(length) }))

const inWords = (minutes: number) =>
  minutes < 60 || minutes % 30 > 0 ? `${minutes} minutes` : minutes === 60 ? 'an hour' : `${minutes / 60} hours`.replace('.5', '½')

type Format = { phases: { seconds: number | null }[] }

/** So that nobody plans half an hour for two rounds that take three quarters. */
function roundsIn({ phases }: Format): string {
  const seconds = phases.map(({ seconds }) => seconds)
  if (seconds.includes(null)) return ''
  const round = Math.round(seconds.reduce<number>((sum, length) => sum + length!, 0) / 60)
  return ` With marking and feedback a round takes ${round} minutes, and both of you ${2 * round}.`
}
