import { useEffect, useState } from 'react'
import { Button, NativeSelect } from '@mantine/core'
import { canChooseSpeaker, devicesHere, watchDevices, type Device, type Devices } from './devices.ts'
import { testSound, type Media } from './media.ts'
import { useWatched } from './watched.ts'

/** Which camera, microphone and speaker. A change counts at once, also in the middle of a call. */
export function DeviceFields({ media }: { media: Media }) {
  const { chosen, camera, microphone } = useWatched(media)
  const [here, setHere] = useState<Devices>()
  useEffect(() => {
    const look = () => void devicesHere().then(setHere)
    look() // names are told once one of them may be used
    return watchDevices(look)
  }, [camera, microphone]) // oxlint-disable-line react/exhaustive-effect-dependencies -- names are told anew with each
  if (!here) return null
  return (
    <div className="device-fields">
      <DeviceField
        label="Camera"
        devices={here.camera}
        chosen={idIn(camera) ?? chosen.camera}
        choose={(id) => void media.choose('camera', id)}
      />
      <DeviceField
        label="Microphone"
        devices={here.microphone}
        chosen={idIn(microphone) ?? chosen.microphone}
        choose={(id) => void media.choose('microphone', id)}
      />
      {canChooseSpeaker() && here.speaker.length > 0 && (
        <DeviceField label="Speaker" devices={here.speaker} chosen={chosen.speaker} choose={(id) => void media.choose('speaker', id)} />
      )}
      <Button variant="default" onClick={() => void testSound(chosen.speaker)}>
        Play a test sound
      </Button>
    </div>
  )
}

const idIn = (track: MediaStreamTrack | null): string | undefined => track?.getSettings().deviceId

function DeviceField({
  label,
  devices,
  chosen,
  choose,
}: {
  label: string
  devices: Device[]
  chosen: string
  choose: (id: string) => void
}) {
  const known = devices.some(({ id }) => id === chosen)
  return (
    <NativeSelect
      label={label}
      value={known ? chosen : ''}
      data={[
        ...(known ? [] : [{ value: '', label: devices.length > 0 ? 'The usual one' : 'None here' }]),
        ...devices.map(({ id, label }) => ({ value: id, label })),
      ]}
      disabled={devices.length === 0}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    />
  )
}
