// One spelling per mailbox: GoTrue's index, and everybody's memory, know it in lower case.
const longest = 254 // RFC 5321, 4.5.3.1.3, less the brackets

/** The e-mail address in this text, in lower case; undefined if there is none. */
export function addressIn(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  const address = text.trim().toLowerCase()
  const looksRight = /^[^\s\p{Cc}<>()[\],;:"\\@]{1,64}@[^\s\p{Cc}<>()[\],;:"\\@.]+(\.[^\s\p{Cc}<>()[\],;:"\\@.]+)+$/u.test(address)
  return looksRight && address.length <= longest ? address : undefined
}
