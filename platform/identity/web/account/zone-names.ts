import { zones as all } from '#platform/scheduling/zones.ts'

// Zones are written America/New_York, and read without the underscore.
export const spoken = (zone: string) => zone.replaceAll('_', ' ')
export const written = (zone: string) => zone.trim().replaceAll(' ', '_')

/** By how they are spoken. */
export const zones: ReadonlyMap<string, string> = new Map(all.map((zone) => [spoken(zone), zone]))
