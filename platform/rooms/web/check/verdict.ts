// From what was tried to what it means for a call, in words.
export type Tried = {
  secure: boolean
  camera: 'fine' | 'not asked' | 'refused' | 'none'
  microphone: 'fine' | 'not asked' | 'refused' | 'none'
  webrtc: boolean
  /** undefined: not signed in, so it could not be tried. */
  server: boolean | undefined
  udp: boolean
  outside: boolean | undefined
  relay: 'works' | 'silent' | 'none' | undefined
}
export type Line = { what: string; is: 'good' | 'warn' | 'bad' | 'open'; says: string }

export function linesOf(tried: Tried): Line[] {
  return [device('Camera', tried.secure, tried.camera), device('Microphone', tried.secure, tried.microphone), ...network(tried)]
}

function device(what: 'Camera' | 'Microphone', secure: boolean, found: Tried['camera']): Line {
  const noun = what.toLowerCase()
  if (!secure)
    return {
      what,
      is: 'bad',
      says: `Browsers keep it from pages that begin with http://. Open this place with https://, or tell whoever runs it.`,
    }
  if (found === 'none') return { what, is: 'warn', says: `None was found. Connect one; you can also go in without.` }
  if (found === 'refused')
    return { what, is: 'warn', says: `This page may not use it. Press the sign left of the address, allow the ${noun}, and check again.` }
  if (found === 'not asked') return { what, is: 'open', says: `One is there. Your browser will ask before it is used.` }
  return { what, is: 'good', says: `One is there, and this page may use it.` }
}

function network({ webrtc, server, udp, outside, relay }: Tried): Line[] {
  if (!webrtc)
    return [
      { what: 'Calls', is: 'bad', says: 'This browser cannot make calls, or somebody has turned them off in it. Try another browser.' },
    ]
  return [
    server === undefined
      ? { what: 'Our server', is: 'open', says: 'Sign in to have this checked: who is not signed in has no line to it.' }
      : server
        ? { what: 'Our server', is: 'good', says: 'A lasting line (WebSocket) to it stands.' }
        : {
            what: 'Our server',
            is: 'bad',
            says: 'No lasting line (WebSocket) to it comes about. Something between here and there holds it back: a company’s proxy, a VPN, a guest network. Try another network, such as your phone’s.',
          },
    udp
      ? { what: 'Sound and pictures', is: 'good', says: 'They can go out from this browser (UDP).' }
      : {
          what: 'Sound and pictures',
          is: 'warn',
          says: 'This network lets them out only by detours, or not at all (no UDP). A relay is needed.',
        },
    ...(outside === undefined
      ? []
      : [
          outside
            ? ({ what: 'Seen from outside', is: 'good', says: 'Others can be told how to reach you.' } as const)
            : ({
                what: 'Seen from outside',
                is: 'warn',
                says: 'Your address as others see it was not found out. A relay may be needed.',
              } as const),
        ]),
    relayLine(relay),
  ]
}

function relayLine(relay: Tried['relay']): Line {
  if (relay === 'works') return { what: 'Relay', is: 'good', says: 'A call that finds no other way goes through it.' }
  if (relay === 'silent')
    return {
      what: 'Relay',
      is: 'bad',
      says: 'One is configured, but it did not answer from here. Ask whoever runs this installation to look at TURN_URLS and TURN_SECRET.',
    }
  if (relay === 'none')
    return {
      what: 'Relay',
      is: 'warn',
      says: 'Calls between two networks may fail: no relay is configured. Ask whoever runs this installation to set TURN_URLS.',
    }
  return { what: 'Relay', is: 'open', says: 'Sign in to have this checked.' }
}

export function verdict({ webrtc, secure, server, udp, relay }: Tried): { is: Line['is']; says: string } {
  if (!secure || !webrtc) return { is: 'bad', says: 'A call will not work here as it is.' }
  if (server === false) return { is: 'bad', says: 'A call will not come about from this network: the line to our server is held back.' }
  if (relay === 'works') return { is: 'good', says: 'A call will work from here, also to somebody in another network.' }
  if (!udp) return { is: 'bad', says: 'A call will hardly work from this network.' }
  if (server === undefined) return { is: 'open', says: 'As far as it can be told before you sign in, a call can work here.' }
  return { is: 'warn', says: 'A call will work with somebody in the same network. With somebody elsewhere it may, or may not.' }
}
