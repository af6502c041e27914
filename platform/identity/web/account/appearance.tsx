import { useMantineColorScheme } from '@mantine/core'
import './appearance.css'

export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <fieldset className="appearance" aria-label="Colours">
      {choices.map(([colours, name]) => (
        <label key={colours}>
          <input type="radio" name="colours" checked={colorScheme === colours} onChange={() => setColorScheme(colours)} />
          {name}
        </label>
      ))}
    </fieldset>
  )
}

const choices = [
  ['auto', 'As your device'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const
