import type { Range } from './objects.ts'

/** What a Range header asks for (RFC 9110, 14.2). undefined: the whole, also where it asks for several pieces, which nobody needs. null: nothing that is there. */
export function rangeIn(header: string | undefined, size: number): Range | undefined | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  const range =
    first === ''
      ? { from: Math.max(0, size - Number(last)), to: size - 1 }
      : { from: Number(first), to: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  return range.from > range.to ? null : range
}
