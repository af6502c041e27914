import type { Me } from '../me.ts'
import { Keys } from '../parts/keys.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { useNavigation } from './parts.ts'
import './over.css'

export function KeysHelp({ person, close }: { person: Me; close: () => void }) {
  const places = useNavigation(person)
  return (
    <Sheet opened onClose={close} title="Keys" at="middle">
      <dl className="keys-help">
        {places.map(({ label, key, to }) => (
          <div key={to}>
            <dt>{label}</dt>
            <dd>
              <Keys keys={['g']} /> then <Keys keys={[key]} />
            </dd>
          </div>
        ))}
        {everywhere.map(([says, ...keys]) => (
          <div key={says}>
            <dt>{says}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}

const everywhere = [
  ['Go to a page by its name', 'Ctrl', 'K'],
  ['Show these keys', '?'],
  ['Close what is open', 'Esc'],
  ['From one thing to the next', 'Tab'],
  ['From row to row, or from day to day', 'J', 'K'],
] as const
