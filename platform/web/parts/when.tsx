/** A moment, in the reader's own zone and words; the exact one for machines and on hover. */
export function When({ at, style = 'long' }: { at: string; style?: 'long' | 'date' | 'ago' }) {
  const moment = new Date(at)
  return (
    <time dateTime={at} title={moment.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' })}>
      {style === 'ago' ? ago(moment) : formats[style].format(moment)}
    </time>
  )
}

const formats = {
  long: new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }),
  date: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' }),
}
const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' })

function ago(moment: Date): string {
  const seconds = (moment.getTime() - Date.now()) / 1_000
  for (const [unit, size] of units) if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit)
  return 'just now'
}
const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const
