import { Radio, useMantineColorScheme } from '@mantine/core'
import '@mantine/core/styles/Radio.css'
import './appearance.css'

export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Radio.Group aria-label="Colours" value={colorScheme} onChange={setColorScheme}>
      <div className="appearance">
        <Radio classNames={choice} value="auto" label="As your device" />
        <Radio classNames={choice} value="light" label="Light" />
        <Radio classNames={choice} value="dark" label="Dark" />
      </div>
    </Radio.Group>
  )
}

const choice = { body: 'appearance-choice', label: 'appearance-label' }
