import { useEffect, useEffectEvent, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { listNotices } from '../api.ts'

const gathers = 200 // milliseconds: what is told to many people at once comes as several events

/** Reads notices anew as soon as something is told, and whether that can be counted on: else they are to be looked at now and then. */
export function useTold(person: string): boolean {
  const client = useQueryClient()
  const [ready, setReady] = useState(false)
  const readAnew = useEffectEvent(() => void client.invalidateQueries({ queryKey: [listNotices.path] }))
  useEffect(() => {
    let gathering: ReturnType<typeof setTimeout> | undefined
    let gone = false
    let stop = () => {}
    const soon = () => {
      gathering ??= setTimeout(() => {
        gathering = undefined
        readAnew()
      }, gathers)
    }
    const start = async () => {
      const { listen } = await import('#platform/live/web/line.ts') // after what the person came for
      if (gone) return
      stop = listen(person, {
        ready: setReady,
        reset: soon,
        happened: ({ kind }) => kind === 'notices.told' && soon(),
      })
    }
    start().catch(reportError) // the page knows no newer version's files: then there is the looking now and then
    return () => {
      gone = true
      clearTimeout(gathering)
      stop()
      setReady(false)
    }
  }, [person])
  return ready
}
