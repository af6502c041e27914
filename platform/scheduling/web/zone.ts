import { useMe } from '#platform/web/me.ts'

const device = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The zone one's days are those of: one's own, or the device's while one has not said it. */
export function useZone(): { zone: string; said: boolean; elsewhere: string | undefined } {
  const { zone } = useMe()
  return { zone: zone ?? device, said: zone !== null, elsewhere: zone !== null && zone !== device ? device : undefined }
}

export const spoken = (zone: string) => zone.replaceAll('_', ' ')
