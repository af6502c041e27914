import type { Fault, Kind } from './devices.ts'
import './faults.css'

/** Why there is no sound or picture from here, and what to do about it. */
export function FaultOf({ kind, fault }: { kind: Kind | 'screen'; fault: Fault }) {
  const { title, says } = words(kind)[fault]
  return (
    <div className="device-fault">
      <p className="device-fault-title">{title}</p>
      <p>{says}</p>
    </div>
  )
}

export const faultInShort = (kind: Kind | 'screen', fault: Fault): string => words(kind)[fault].title

function words(kind: Kind | 'screen'): Record<Fault, { title: string; says: string }> {
  const noun = kind
  const without =
    kind === 'screen'
      ? ''
      : kind === 'camera'
        ? 'You can go in without: you hear and are heard.'
        : 'You can go in without: you see, hear and write.'
  return {
    denied: {
      title: `This page may not use the ${noun}`,
      says: `Press the sign left of the address above, allow the ${noun}, then press Try again. ${without}`,
    },
    denied_by_system: {
      title: `Your browser may not use the ${noun}`,
      says: `Allow it in the settings of this computer or phone, under Privacy, ${noun}; then open the browser anew. ${without}`,
    },
    none: { title: `There is no ${noun} here`, says: `Connect one, or choose another device. It is noticed by itself. ${without}` },
    in_use: {
      title: `Another program has the ${noun}`,
      says: `Close whatever else may use it (another call, another browser), then press Try again. ${without}`,
    },
    gone: { title: `The ${noun} is gone`, says: `It was pulled out or turned off. Connect it again, or choose another. ${without}` },
    insecure: {
      title: `Browsers keep the ${noun} from this address`,
      says: `It begins with http://, and anybody in between could listen. Open it with https://, or tell whoever runs this place. ${without}`,
    },
    failed: { title: `The ${noun} could not be started`, says: `Press Try again; if that does not help, restart the browser. ${without}` },
  }
}
