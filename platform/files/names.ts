import path from 'node:path'
import { extensionsOf, type Mime } from './kinds.ts'

const longest = 200

/** What a file is called from now on: one line without a path, which every system can store and nobody can misread. */
export function safeName(said: string): string {
  const last = said.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1)!
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '') // among them what turns the reading direction: gpj.exe reads exe.jpg
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '')
  const free = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `_${plain}` : plain // devices of Windows
  return shortened(free) || 'file'
}

/** With an ending that says what the bytes are. */
export function nameFor(name: string, mime: Mime): string {
  const endings = extensionsOf(mime)
  return endings.includes(path.extname(name).slice(1).toLowerCase()) ? name : `${shortened(name, 1 + endings[0]!.length)}.${endings[0]}`
}

// In what PostgreSQL counts: characters, not halves of them.
function shortened(name: string, leaving = 0): string {
  const letters = Array.from(name)
  if (letters.length <= longest - leaving) return name
  const ending = path.extname(name).length <= 10 ? path.extname(name) : ''
  return (
    letters
      .slice(0, longest - leaving - ending.length)
      .join('')
      .trimEnd() + ending
  )
}

/** For a header (RFC 6266): the name as it is, and a plain one for whoever does not know how to read that. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${plainName(name)}"; filename*=UTF-8''${encoded}`
}

/** In the letters that need no escape in a header or an address. */
export function plainName(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.-]+/g, '-')
  return letters.slice(-100).replace(/^[-.]+/, '') || 'file'
}
