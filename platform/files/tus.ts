import type { IncomingHttpHeaders } from 'node:http'
import { badInput } from '#platform/operations/input.ts'
import { refuse } from './refusals.ts'

// What tus 1.0 writes into headers: https://tus.io/protocols/resumable-upload. Of its extensions not the checksum: that one
// takes back a part that arrived whole and wrong, while here the length of a file is the truth. TLS guards the way.
const version = '1.0.0'
export const abilities = { 'tus-version': version, 'tus-extension': 'creation,expiration,termination' }
export const spoken = { 'tus-resumable': version }

export function mustSpeakTus({ 'tus-resumable': theirs }: IncomingHttpHeaders): void {
  if (theirs !== version) refuse('tus_version_not_spoken', `Tus-Resumable must be ${version}`)
}

/** Some clients cannot say PATCH and hide it behind POST. */
export const methodOf = ({ method, headers }: { method: string; headers: IncomingHttpHeaders }): string =>
  ((headers['x-http-method-override'] as string | undefined) ?? method).toUpperCase()

/** `key base64,key base64`: what the client wants to say about the file. */
export function metadataIn(headers: IncomingHttpHeaders): Map<string, string> {
  const pairs = ((headers['upload-metadata'] as string | undefined) ?? '').split(',').map((pair) => pair.trim().split(' '))
  return new Map(pairs.map(([key = '', value = '']) => [key, textIn(value)]))
}

export const metadata = (said: Record<string, string>) =>
  Object.entries(said)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join()

function textIn(base64: string): string {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw badHeader('Upload-Metadata', 'must be keys, each with a value in base64')
  return Buffer.from(base64, 'base64').toString('utf8')
}

export function wholeNumberIn(headers: IncomingHttpHeaders, name: 'Upload-Offset' | 'Upload-Length'): number {
  const text = headers[name.toLowerCase()] as string | undefined
  if (text === undefined || !/^\d{1,16}$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw badHeader(name, 'must be a whole number of bytes')
  return Number(text)
}

export function mustBeOctets({ 'content-type': type }: IncomingHttpHeaders): void {
  if (type !== 'application/offset+octet-stream') refuse('not_an_upload', 'Content-Type must be application/offset+octet-stream')
}

export const badHeader = (field: string, says: string) => badInput([{ field, says }])

/** As HTTP writes dates (RFC 9110, 5.6.7). */
export const httpDate = (instant: string) => new Date(instant).toUTCString()
