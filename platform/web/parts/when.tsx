import { clock, day, longAgo, moment } from './times.ts'

type Kind = 'soon' | 'long' | 'date' | 'ago'
export type WhenProps = {
  at: string
  /** `soon`: "Sat 10:00", as near as it is. `long`: with the year. `ago`: how long ago, or until then. */
  kind?: Kind
  /** Somebody else's zone and what they are called here, where both clocks matter. */
  zone?: string | null | undefined
  whose?: string
}

/** A moment, in the reader's own zone and words; with a second clock where somebody else lives by it. */
export function When({ at, zone, whose, kind = whose ? 'soon' : 'long' }: WhenProps) {
  const mine = kind === 'ago' ? longAgo(at) : moment(at, kind)
  return (
    <time className="when" dateTime={at} title={moment(at, 'exact')}>
      {mine}
      {zone && whose && ` (${clock(at, zone)}${onAnotherDay(at, zone) ? ` ${day(at, zone)}` : ''} for ${whose})`}
    </time>
  )
}

const onAnotherDay = (at: string, zone: string) => day(at, zone) !== day(at)
