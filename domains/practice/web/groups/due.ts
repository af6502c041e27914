import { dayOf, type Day } from '#platform/scheduling/time.ts'
import { useNow } from '#platform/scheduling/web/now.ts'
import { dayInWords, useMyZone } from '../finding/clocks.ts'

/** "By Sunday 22 November", or that the day is over: the same day of the calendar wherever one is. */
export function useDue(): (due: Day) => string {
  const today = dayOf(new Date(useNow()), useMyZone())
  return (due) => {
    const day = dayInWords(due, today)
    if (due < today) return `Was due ${day}`
    return `By ${due === today || day === 'Tomorrow' ? day.toLowerCase() : day}`
  }
}
