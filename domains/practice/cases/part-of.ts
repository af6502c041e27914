// What stands below a heading of a case's text, without the heading; nothing where there is none.
export function partOf(text: string, heading: string): string {
  const [, ...parts] = text.replaceAll('\r\n', '\n').split(/^### /m)
  const found = parts.find((part) => part.split('\n', 1)[0]!.trim().toLowerCase() === heading.toLowerCase())
  return found === undefined ? '' : found.slice(found.indexOf('\n') + 1).trim()
}

/** What a line of it says after its label: of the scales by their domain, of the global rating by its word. */
export function lineOf(part: string, label: string): string {
  const start = `- ${label.toLowerCase()}: `
  const found = part.split('\n').find((line) => line.toLowerCase().startsWith(start))
  return found === undefined ? '' : found.slice(start.length).trim()
}
