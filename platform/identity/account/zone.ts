/** Whether Node's copy of the IANA's list knows it. That takes offsets ("+01:00") as well, which are no place's time. The database asks its own copy (private.zone_is_real). */
export function isZone(name: string): boolean {
  if (known.has(name)) return true
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false
  try {
    if (Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone === name) known.add(name)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

// A fifth of the processor a list of offers took went into asking again. By the one name each place has: there is no end of ways to write it.
const known = new Set<string>()
