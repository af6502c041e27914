import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '#tests/database.ts'
import { wallOf, withoutTemporal } from '../time.ts'
import { zones } from '../zones.ts'

const db = await freshDatabase()

// Of these laws, Morocco's of September 2026 and Alberta's of November, one copy of the IANA's list knows and the other not yet. There, hours
// that SQL reckons (mentors' offers) are one off from ours until both are as new. One that is missing here is to be written down.
const notYetTheSame = ['Africa/Casablanca', 'Africa/El_Aaiun', 'America/Edmonton']

const weekly = Array.from({ length: 52 * 7 }, (_, week) => Date.UTC(2024, 0, 1) + week * 7 * 86_400_000)

test('every zone that can be chosen is known to the database, and once', async () => {
  const known = new Set((await db.sql<{ name: string }>('select name from pg_timezone_names')).map(({ name }) => name))
  assert.deepEqual(
    zones.filter((zone) => !known.has(zone)),
    [],
  )
  assert.equal(new Set(zones).size, zones.length)
})

test('clocks in all zones say the same to us and to the database, from 2024 to 2030, but where a law is newer than a list', async () => {
  const differ: string[] = []
  for (const zone of zones) {
    const [row] = await db.sql<{ walls: string[] }>(
      `select array(select to_char(to_timestamp(a / 1000.0) at time zone $2, 'YYYY-MM-DD HH24:MI') from unnest($1::bigint[]) with ordinality x (a, n) order by n) as walls`,
      [weekly, zone],
    )
    const ours = weekly.map((at) => Object.values(wallOf(new Date(at), zone)).join(' '))
    if (ours.some((wall, n) => wall !== row!.walls[n])) differ.push(zone)
  }
  assert.deepEqual(
    differ.filter((zone) => !notYetTheSame.includes(zone)),
    [],
  )
})

test('a browser without Temporal shows the same clocks', () => {
  for (const zone of zones)
    for (const at of weekly.filter((_, n) => n % 5 === 0)) {
      const { day, clock } = wallOf(new Date(at), zone)
      assert.equal(withoutTemporal.wallOf(at, zone).slice(0, 16), `${day}T${clock}`, zone)
    }
})
