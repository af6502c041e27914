import type { Answer } from '#platform/operations/tests/asking.ts'

// A client that speaks tus as the protocol's text says, and can be told to speak it badly.
export type Said = { purpose?: string; name?: string; length?: number | string; headers?: Record<string, string> }
export type Uploader = {
  /** POST: an upload begins. */
  begin(said: Said): Promise<Answer & { at: string; id: string }>
  /** PATCH: some of it. */
  send(at: string, offset: number | string, bytes: Uint8Array, headers?: Record<string, string>): Promise<Answer>
  /** HEAD: how far it is. */
  look(at: string): Promise<Answer & { offset: number; length: number }>
  end(at: string): Promise<Answer>
  /** All of a file at once; the last answer, and the id. */
  upload(purpose: string, name: string, bytes: Uint8Array): Promise<Answer & { id: string }>
}

const spoken = { 'tus-resumable': '1.0.0' }
const octets = { 'content-type': 'application/offset+octet-stream' }
const base64 = (text: string) => Buffer.from(text).toString('base64')

export function uploader(address: string, token: string): Uploader {
  const ask = async (method: string, at: string, headers: Record<string, string>, body?: Uint8Array): Promise<Answer> => {
    const answer = await fetch(`${address}${at}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...spoken, ...headers },
      ...(body ? { body: Uint8Array.from(body) } : {}),
    })
    const text = await answer.text()
    const problem = /json/.test(answer.headers.get('content-type') ?? '') && text !== ''
    return { status: answer.status, headers: answer.headers, text, body: problem ? (JSON.parse(text) as Answer['body']) : {} }
  }

  const own: Uploader = {
    async begin({ purpose = 'sample_paper', name = 'paper.txt', length, headers = {} }) {
      const said = { 'upload-metadata': `purpose ${base64(purpose)},filename ${base64(name)}` }
      const answer = await ask('POST', '/files/uploads', {
        ...said,
        ...(length === undefined ? {} : { 'upload-length': `${length}` }),
        ...headers,
      })
      const at = answer.headers.get('location') ?? ''
      return { ...answer, at, id: at.split('/').at(-1)! }
    },
    send: (at, offset, bytes, headers = {}) => ask('PATCH', at, { 'upload-offset': `${offset}`, ...octets, ...headers }, bytes),
    async look(at) {
      const answer = await ask('HEAD', at, {})
      return { ...answer, offset: Number(answer.headers.get('upload-offset')), length: Number(answer.headers.get('upload-length')) }
    },
    end: (at) => ask('DELETE', at, {}),
    async upload(purpose, name, bytes) {
      const begun = await own.begin({ purpose, name, length: bytes.length })
      if (begun.status !== 201) return begun
      return { ...(await own.send(begun.at, 0, bytes)), id: begun.id }
    },
  }
  return own
}
