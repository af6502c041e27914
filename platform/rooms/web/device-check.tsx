import { useEffect, useState } from 'react'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMe } from '#platform/web/me.ts'
import { Page } from '#platform/web/parts/page.tsx'
import { Face } from '#platform/web/parts/person.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { When } from '#platform/web/parts/when.tsx'
import { DeviceFields } from './device-fields.tsx'
import { canAsk, wasAllowed } from './devices.ts'
import { FaultOf } from './faults.tsx'
import { LevelBar } from './level-bar.tsx'
import type { Media } from './media.ts'
import { Picture } from './picture.tsx'
import type { Being, Room } from './use-room.ts'
import { useWatched } from './watched.ts'
import './device-check.css'

/** Before one goes in: how one is seen and heard. Nobody has to be. */
export function DeviceCheck({ being, media, title }: { being: Being; media: Media; title: string }) {
  const asked = useAsked(media)
  return (
    <Page title={title} lead="See first how you are seen and heard.">
      {asked.is === 'not' ? <Ask media={media} ask={asked.ask} /> : asked.is === 'asked' && <Check media={media} />}
      <GoIn being={being} media={media} ready={asked.is === 'asked'} />
      <p className="check-quiet">
        Nothing is recorded. There are no captions yet. If a call does not come about:{' '}
        <Link to="/rooms/check">what this network allows</Link>.
      </p>
    </Page>
  )
}

// Browsers ask without a reason; so whoever was never asked is told the reason first.
function useAsked(media: Media): { is: 'unknown' | 'not' | 'asked'; ask: () => void } {
  const [is, setIs] = useState<'unknown' | 'not' | 'asked'>('unknown')
  useEffect(() => {
    if (media.get().camera || media.get().microphone) {
      setIs('asked') // oxlint-disable-line react/set-state-in-effect -- what the device says is known outside of React
      return
    }
    void wasAllowed().then((allowed) => {
      const go = allowed || !canAsk()
      setIs(go ? 'asked' : 'not')
      if (go) void media.open()
    })
  }, [media])
  const ask = () => {
    setIs('asked')
    void media.open()
  }
  return { is, ask }
}

function Ask({ media, ask }: { media: Media; ask: () => void }) {
  return (
    <div className="check-ask">
      <p>Your browser will ask whether this page may use your camera and microphone. Only the people in this room see and hear you.</p>
      <div className="check-buttons">
        <Button onClick={() => (media.want({ camera: true, microphone: true }), ask())}>Use camera and microphone</Button>
        <Button variant="default" onClick={() => (media.want({ camera: false, microphone: true }), ask())}>
          Only the microphone
        </Button>
      </div>
    </div>
  )
}

function Check({ media }: { media: Media }) {
  const { camera, microphone, muted, chosen, faults, opening } = useWatched(media)
  const again = opening ? undefined : faults.camera || faults.microphone
  const me = useMe()
  return (
    <div className="check">
      <div className="check-picture">
        {camera ? (
          <Picture track={camera} mirrored />
        ) : (
          <div className="check-no-picture">
            <Face name={me.name} />
            <p>{opening ? 'The camera is being started.' : 'Your camera is off. Others see your name.'}</p>
          </div>
        )}
      </div>
      <div className="check-devices">
        {faults.camera && <FaultOf kind="camera" fault={faults.camera} />}
        {faults.microphone && <FaultOf kind="microphone" fault={faults.microphone} />}
        {again && again !== 'insecure' && (
          <Button variant="default" onClick={() => void media.open()}>
            Try again
          </Button>
        )}
        {microphone && <LevelBar level={media.level} />}
        <div className="check-buttons">
          <Button variant="default" onClick={() => void media.turnCamera(!chosen.cameraOn || !camera)}>
            {camera ? 'Turn the camera off' : 'Turn the camera on'}
          </Button>
          <Button variant="default" onClick={() => void media.mute(microphone ? !muted : false)}>
            {!microphone ? 'Turn the microphone on' : muted ? 'Unmute' : 'Mute'}
          </Button>
        </div>
        <DeviceFields media={media} />
      </div>
    </div>
  )
}

function GoIn({ being: { room, enter, refusal }, media, ready }: { being: Being; media: Media; ready: boolean }) {
  const { camera, microphone, opening } = useWatched(media)
  const early = useTooEarly(room)
  const without = [camera ? '' : 'camera', microphone ? '' : 'microphone'].filter(Boolean)
  const goIn = () => {
    if (!ready) media.want({ camera: false, microphone: false }) // nobody is asked after they said no
    enter()
  }
  const verb = room.me.waits && room.me.state === 'outside' ? 'Ask to come in' : 'Go in'
  return (
    <div className="check-go">
      {refusal && <Refused error={refusal} />}
      {early && (
        <p>
          The door opens <When at={room.opens_at} kind="soon" />. You can stay here until then.
        </p>
      )}
      <Button variant={ready ? 'filled' : 'default'} size="md" onClick={goIn} disabled={early || opening}>
        {without.length > 0 ? `${verb} without ${without.join(' or ')}` : verb}
      </Button>
    </div>
  )
}

// By the server's clock as it was when it answered: this device's own may be a day off.
function useTooEarly({ opens_at, now }: Room): boolean {
  const [early, setEarly] = useState(Date.parse(now) < Date.parse(opens_at))
  useEffect(() => {
    const left = Date.parse(opens_at) - Date.parse(now)
    setEarly(left > 0) // oxlint-disable-line react/set-state-in-effect -- what the server said last counts
    if (left <= 0) return undefined
    const timer = setTimeout(() => setEarly(false), Math.min(left + 50, 2 ** 30))
    return () => clearTimeout(timer)
  }, [opens_at, now])
  return early
}
