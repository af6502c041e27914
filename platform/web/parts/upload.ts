import { Refusal } from '#platform/operations/call.ts'
import type { Problem } from '#platform/operations/problem.ts'

// The browser's end of platform/files: tus 1.0. An upload has an address, and how far it is can be asked there at any time.
const spoken = { 'tus-resumable': '1.0.0' }

/** A place for a file; its address. */
export async function beginUpload(file: File, purpose: string): Promise<string> {
  const answer = await fetch('/files/uploads', {
    method: 'POST',
    headers: {
      ...spoken,
      'upload-length': `${file.size}`,
      'upload-metadata': `purpose ${base64(purpose)},filename ${base64(file.name)}`,
    },
  })
  if (!answer.ok) throw new Refusal((await answer.json()) as Problem)
  return answer.headers.get('location')!
}

/** The rest of the file, from wherever the upload is. */
export async function sendRest(at: string, file: File, came: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  const looked = await fetch(at, { method: 'HEAD', headers: spoken, signal })
  const from = Number(looked.headers.get('upload-offset') ?? 0)
  came(from)
  if (from < file.size || !looked.ok) await patch(at, file.slice(from), from, (sent) => came(from + sent), signal)
}

// What does not arrive is swept after a day.
export const endUpload = (at: string): Promise<unknown> => fetch(at, { method: 'DELETE', headers: spoken, keepalive: true })

/** Whether the same file would be refused again: not, while it is only the moment that is wrong. */
export const isFinal = (error: Error): boolean =>
  error instanceof Refusal && error.problem.status < 500 && ![423, 429].includes(error.problem.status)

export const idOf = (at: string): string => at.split('/').at(-1)!

// fetch() does not tell how much of a body has gone.
function patch(at: string, body: Blob, from: number, sent: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const request = new XMLHttpRequest()
  request.open('PATCH', at)
  const headers = { ...spoken, 'upload-offset': `${from}`, 'content-type': 'application/offset+octet-stream' }
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
  request.upload.addEventListener('progress', ({ loaded }) => sent(loaded))
  request.addEventListener('load', () =>
    request.status < 300 ? resolve() : reject(new Refusal(JSON.parse(request.responseText) as Problem)),
  )
  request.addEventListener('error', () => reject(new TypeError('nobody answered')))
  request.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')))
  signal.addEventListener('abort', () => request.abort())
  request.send(body)
  return promise
}

const base64 = (text: string) => btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
