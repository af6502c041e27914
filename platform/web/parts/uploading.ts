import { useRef, useState } from 'react'
import { beginUpload, endUpload, idOf, isFinal, sendRest } from './upload.ts'

export type Uploading = {
  file: File | undefined
  /** Bytes that are there. */
  came: number
  state: 'none' | 'sending' | 'stopped' | 'refused' | 'there'
  /** What to name when the file is used. */
  id: string | undefined
  refusal: Error | undefined
  send: (file: File) => void
  resume: () => void
  cancel: () => void
}

/** One file on its way: it can stop, go on from where it was, and be taken back. */
export function useUploading(purpose: string, onThere: (id: string) => void = () => {}): Uploading {
  const [now, setNow] = useState(nothing)
  const at = useRef<string>(undefined)
  const stop = useRef<AbortController>(undefined)
  const change = (more: Partial<typeof nothing>) => setNow((before) => ({ ...before, ...more }))

  const go = async (file: File) => {
    const stopping = (stop.current = new AbortController())
    change({ file, state: 'sending', refusal: undefined })
    try {
      at.current ??= await beginUpload(file, purpose)
      await sendRest(at.current, file, (came) => change({ came }), stopping.signal)
      if (stopping.signal.aborted) return
      change({ state: 'there', id: idOf(at.current), came: file.size })
      onThere(idOf(at.current))
    } catch (error) {
      if (stopping.signal.aborted) return
      const refusal = error as Error
      if (isFinal(refusal)) at.current = undefined
      change({ state: isFinal(refusal) ? 'refused' : 'stopped', refusal })
    }
  }
  const drop = () => {
    stop.current?.abort()
    if (at.current) void endUpload(at.current).catch(() => undefined) // nobody answers: the sweep takes it within a day
    at.current = undefined
  }
  return {
    ...now,
    send: (file) => {
      drop()
      setNow(nothing)
      void go(file)
    },
    resume: () => now.file && void go(now.file),
    cancel: () => {
      drop()
      setNow(nothing)
    },
  }
}

const nothing: Pick<Uploading, 'file' | 'came' | 'state' | 'id' | 'refusal'> = {
  file: undefined,
  came: 0,
  state: 'none',
  id: undefined,
  refusal: undefined,
}
