// Moments in words, in British English, in the zone of the reader's device unless another is named.
const locale = 'en-GB'
const format = (options: Intl.DateTimeFormatOptions, zone?: string) =>
  new Intl.DateTimeFormat(locale, zone ? { ...options, timeZone: zone } : options)

const hour = { hour: '2-digit', minute: '2-digit' } as const
export const clock = (at: string, zone?: string) => format(hour, zone).format(new Date(at))
export const day = (at: string, zone?: string) => format({ weekday: 'short' }, zone).format(new Date(at))

/** "Sat 10:00" within a week from now, "Sat 21 Nov 10:00" within the year, then with the year. */
function soon(at: string): string {
  const date = new Date(at)
  const days = (date.getTime() - Date.now()) / 86_400_000
  if (days >= -0.5 && days < 6) return `${day(at)} ${clock(at)}`
  const sameYear = date.getFullYear() === new Date().getFullYear()
  const on = format({ weekday: 'short', day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })
  return `${on.format(date).replaceAll(',', '')} ${clock(at)}`
}

const long = format({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', ...hour })
const date = format({ day: 'numeric', month: 'long', year: 'numeric' })
const exact = format({ dateStyle: 'full', timeStyle: 'long' })

export function moment(at: string, kind: 'soon' | 'long' | 'date' | 'exact'): string {
  if (kind === 'soon') return soon(at)
  return { long, date, exact }[kind].format(new Date(at))
}

/** "3 days ago", "in 2 hours", "just now". */
export function longAgo(at: string): string {
  const seconds = (new Date(at).getTime() - Date.now()) / 1_000
  for (const [unit, size] of units) if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit)
  return 'just now'
}
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const
