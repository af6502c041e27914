import { useEffect, useRef } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useReached } from '../connection.ts'
import { takeNewVersion, useNewVersion } from './version.ts'

/** What is said once for all pages: that nobody answers, that there is a new version. */
export function Said() {
  const reached = useReached()
  const newer = useNewVersion()
  useAnewWhenBack(reached)
  return (
    <output className="said">
      {!reached && <span className="said-line">You are offline. What you see may be old, and nothing you type is lost.</span>}
      {reached && newer && (
        <span className="said-line">
          A new version is here.{' '}
          <button type="button" onClick={takeNewVersion}>
            Reload
          </button>
        </span>
      )}
    </output>
  )
}

function useAnewWhenBack(reached: boolean): void {
  const client = useQueryClient()
  const before = useRef(reached)
  useEffect(() => {
    if (reached && !before.current) void client.invalidateQueries()
    before.current = reached
  }, [client, reached])
}
