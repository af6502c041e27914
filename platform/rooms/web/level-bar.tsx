import { useEffect, useRef, useState } from 'react'
import './level-bar.css'

const heardFrom = 0.3

/** How loud the microphone is, ten times a second, and in words once it was heard. */
export function LevelBar({ level }: { level: () => number }) {
  const fill = useRef<HTMLDivElement>(null)
  const [heard, setHeard] = useState(false)
  useEffect(() => {
    const timer = setInterval(() => {
      const now = level()
      fill.current!.style.transform = `scaleX(${now.toFixed(2)})`
      if (now > heardFrom) setHeard(true)
    }, 100)
    return () => clearInterval(timer)
  }, [level])
  return (
    <div className="level">
      <div className="level-bar" aria-hidden>
        <div ref={fill} className="level-fill" />
      </div>
      <output>{heard ? 'Your microphone works: we hear you.' : 'Say something. The bar moves when your microphone hears you.'}</output>
    </div>
  )
}
