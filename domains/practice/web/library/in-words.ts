/** A day of the calendar, which is the same day wherever it is read. */
export const dayInWords = (day: string): string => whole.format(new Date(`${day}T00:00:00Z`))
const whole = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
