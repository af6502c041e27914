import { useEffect, useState } from 'react'
import { Autocomplete } from '@mantine/core'
import '@mantine/core/styles/Combobox.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/ScrollArea.css'
import { useFault } from '#platform/web/parts/form.tsx'
import { spoken, written } from './zone-names.ts'
import './zone-field.css'

/** Takes whatever is written: whether there is such a zone, the server knows. */
export function ZoneField({ zone }: { zone: string | null }) {
  const now = useNow()
  return (
    <Autocomplete
      name="zone"
      label="Time zone"
      description={zone ? `It is ${timeIn(zone, now)} in ${spoken(zone)} now.` : 'Not said yet. Type the name of a large city near you.'}
      placeholder="Europe/London"
      defaultValue={zone ? spoken(zone) : ''}
      data={zones}
      limit={50}
      maxDropdownHeight={280}
      comboboxProps={{ withinPortal: false }}
      error={useFault('zone')}
      classNames={{ dropdown: 'zones', option: 'zone' }}
      renderOption={({ option }) => (
        <>
          <span>{option.value}</span>
          <span className="zone-time">{timeIn(written(option.value), now)}</span>
        </>
      )}
    />
  )
}

const zones = Intl.supportedValuesOf('timeZone').map(spoken)

const timeIn = (timeZone: string, at: Date) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(at)

function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const ticking = setInterval(() => setNow(new Date()), 15_000)
    return () => clearInterval(ticking)
  }, [])
  return now
}
