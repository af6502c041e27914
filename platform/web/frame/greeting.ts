import type { Me } from '../me.ts'

// By the person's own zone; while they have none, by this device's.
type Whose = Pick<Me, 'name' | 'zone'>
const zoneOf = ({ zone }: Whose) => (zone ? { timeZone: zone } : {})

export function greeting(me: Whose, now = new Date()): string {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', ...zoneOf(me) }).format(now))
  const first = me.name.trim().split(/\s+/)[0]
  return `Good ${partOfDay(hour)}${first ? `, ${first}` : ''}`
}

/** "Friday 20 November" */
export const today = (me: Whose, now = new Date()): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', ...zoneOf(me) }).format(now).replace(',', '')

const partOfDay = (hour: number) => (hour >= 4 && hour < 12 ? 'morning' : hour >= 12 && hour < 18 ? 'afternoon' : 'evening')
