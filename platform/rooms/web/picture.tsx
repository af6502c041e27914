import { useEffect, useRef } from 'react'
import './picture.css'

/** Moving pictures without sound: what is heard comes from `voice.ts`. */
export function Picture({ track, mirrored = false, whole = false }: { track: MediaStreamTrack; mirrored?: boolean; whole?: boolean }) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const shown = video.current!
    shown.srcObject = new MediaStream([track])
    return () => void (shown.srcObject = null)
  }, [track])
  return (
    <video
      ref={video}
      className="picture"
      data-mirrored={mirrored || undefined}
      data-whole={whole || undefined}
      autoPlay
      playsInline
      muted
      disablePictureInPicture
      aria-hidden
      tabIndex={-1}
    />
  )
}
