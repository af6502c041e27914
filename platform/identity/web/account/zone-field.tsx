import { useEffect, useState } from 'react'
import { Autocomplete } from '@mantine/core'
import '@mantine/core/styles/Combobox.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/ScrollArea.css'
import { useFault } from '#platform/web/parts/form.tsx'
import './zone-field.css'

type ZoneFieldProps = { zone: string | null; spoken: string; zones: ReadonlyMap<string, string> }

/** Takes whatever is written: whether there is such a zone, the server knows. */
export function ZoneField({ zone, spoken, zones }: ZoneFieldProps) {
  const now = useNow()
  return (
    <Autocomplete
      name="zone"
      label="Time zone"
      description={zone ? `It is ${timeIn(zone, now)} in ${spoken} now.` : 'Not said yet. Type the name of a large city near you.'}
      placeholder="Europe/London"
      defaultValue={spoken}
      data={[...zones.keys()]}
      limit={50}
      maxDropdownHeight={280}
      comboboxProps={{ withinPortal: false }}
      error={useFault('zone')}
      classNames={{ dropdown: 'zones', option: 'zone' }}
      renderOption={({ option }) => (
        <>
          <span>{option.value}</span>
          <span className="zone-time">{timeIn(zones.get(option.value)!, now)}</span>
        </>
      )}
    />
  )
}

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
