import { useEffect, useState } from 'react'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useWho } from '#platform/web/me.ts'
import { Page } from '#platform/web/parts/page.tsx'
import { Skeleton } from '#platform/web/parts/skeleton.tsx'
import { canAsk } from '../devices.ts'
import { askForWays } from '../relay.ts'
import { candidatesHere, connects, reachesServer } from './ways.ts'
import { linesOf, verdict, type Line, type Tried } from './verdict.ts'
import './check-page.css'

/** What this network allows, in plain words, and what to try. Nothing is sent to anybody but our own server. */
export function CheckPage() {
  return (
    <Page title="Does a call work here?" lead="Tried from this browser, in this network, just now.">
      <Check />
    </Page>
  )
}

function Check() {
  const who = useWho()
  const [time, setTime] = useState(0)
  return <Checked key={time} signedIn={who !== null && who !== 'pending'} again={() => setTime(time + 1)} />
}

function Checked({ signedIn, again }: { signedIn: boolean; again: () => void }) {
  const [tried, setTried] = useState<Tried>()
  useEffect(() => {
    let stopped = false
    void tryAll(signedIn).then((found) => !stopped && setTried(found))
    return () => void (stopped = true)
  }, [signedIn])
  if (!tried) return <Skeleton shape="rows" lines={6} />
  const { is, says } = verdict(tried)
  return (
    <>
      <output className="verdict" data-is={is}>
        {says}
      </output>
      <dl className="checked">
        {linesOf(tried).map(({ what, is, says }) => (
          <div key={what} data-is={is}>
            <dt>
              {what}
              <span className="checked-is">{short[is]}</span>
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
      <Button onClick={again}>Check again</Button>
      <h2 className="try-title">What helps most often</h2>
      <ul className="try">
        <li>Another network: your phone’s, shared with the computer, tells within a minute whether it is the network.</li>
        <li>No VPN, or one that is set to let calls pass.</li>
        <li>An up-to-date Chrome, Edge, Firefox or Safari, and no private window.</li>
        <li>In a hospital or company: ask its network’s people to let UDP out, or to let the relay’s address pass.</li>
      </ul>
      {!signedIn && (
        <p>
          <Link to="/sign-in" search={{ next: '/rooms/check' }}>
            Sign in
          </Link>{' '}
          to have the line to our server and the relay checked, too.
        </p>
      )}
    </>
  )
}

const short: Record<Line['is'], string> = { good: 'Good', warn: 'Perhaps', bad: 'Not so', open: 'Not checked' }
const patience = 6_000 // what has not answered by then will not in a call either

async function tryAll(signedIn: boolean): Promise<Tried> {
  const signal = AbortSignal.timeout(patience)
  const webrtc = 'RTCPeerConnection' in window
  const [camera, microphone, server, ways] = await Promise.all([
    stateOf('camera'),
    stateOf('microphone'),
    signedIn ? reachesServer(signal) : undefined,
    signedIn ? askForWays() : undefined,
  ])
  const first = { secure: canAsk(), camera, microphone, webrtc, server }
  if (!webrtc) return { ...first, udp: false, outside: undefined, relay: undefined }
  const known = ways && ways !== 'none' ? ways : undefined
  const iceServers = (known?.ice_servers ?? []) as RTCIceServer[]
  const [found, relayed] = await Promise.all([
    candidatesHere({ iceServers }, signal),
    known?.relay ? connects({ iceServers, iceTransportPolicy: 'relay' }, signal) : undefined,
  ])
  return {
    ...first,
    udp: found.has('host udp') || found.has('srflx udp'),
    outside: iceServers.length > 0 ? found.has('srflx udp') || found.has('relay udp') : undefined,
    relay: relayed === undefined ? (ways === undefined || ways === 'none' ? undefined : 'none') : relayed ? 'works' : 'silent',
  }
}

async function stateOf(kind: 'camera' | 'microphone'): Promise<Tried['camera']> {
  if (!canAsk()) return 'none'
  const devices = await navigator.mediaDevices.enumerateDevices()
  if (!devices.some((device) => device.kind === (kind === 'camera' ? 'videoinput' : 'audioinput'))) return 'none'
  try {
    const { state } = await navigator.permissions.query({ name: kind })
    return state === 'granted' ? 'fine' : state === 'denied' ? 'refused' : 'not asked'
  } catch {
    return 'not asked' // this browser does not tell
  }
}
