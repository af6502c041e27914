/** Whether Node's copy of the IANA's list knows it. That takes offsets ("+01:00") as well, which are no place's time. The database asks its own copy (private.zone_is_real). */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
