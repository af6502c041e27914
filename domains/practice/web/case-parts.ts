// A case's texts are Markdown of a small shape: headings, paragraphs, lists of which a line may begin with a label. Whatever is of
// no such shape is a paragraph, as it stands: nothing is left out, and nothing becomes HTML.
export type CasePart =
  | { is: 'heading'; words: string }
  /** `said`: somebody's own words, such as the opening line. */
  | { is: 'paragraph'; words: string; said: boolean }
  | { is: 'list'; lines: CaseLine[] }
export type CaseLine = { label: string; words: string }

export function casePartsOf(text: string): CasePart[] {
  const parts: CasePart[] = []
  let open: CasePart | undefined
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const words = line.trim()
    if (words === '') open = undefined
    else if (words.startsWith('### ')) {
      parts.push({ is: 'heading', words: words.slice(4).trim() })
      open = undefined
    } else if (words.startsWith('- ')) {
      if (open?.is !== 'list') parts.push((open = { is: 'list', lines: [] }))
      open.lines.push(lineOf(words.slice(2).trim()))
    } else if (open?.is === 'paragraph') open.words += ` ${words}`
    else parts.push((open = { is: 'paragraph', words, said: false }))
  }
  for (const part of parts) if (part.is === 'paragraph') part.said = /^“[^”]*”$/.test(part.words)
  return parts
}

// A label is short and no sentence: "If asked to say it back: …". The longest in the library has 49 letters.
const labelled = /^([^:.“”]{1,60}): (.+)$/
function lineOf(words: string): CaseLine {
  const [, label = '', rest = words] = labelled.exec(words) ?? []
  return { label, words: rest }
}
