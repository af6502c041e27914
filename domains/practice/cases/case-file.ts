// A case as a file that a clinician can read, write and send to somebody: front matter and headed sections. Markdown rather than
// YAML, because a case is prose, and prose needs no quoting, no indentation and no dependency.
export type CaseFile = {
  /** Of a case that is shipped or was exported; a new one has none. */
  id?: string
  name: string
  category: string
  domain: string
  level: string
  /** In which formats it can be played; none means any. */
  formats: string[]
  condition: string
  /** Other words that would give the condition away. */
  synonyms: string[]
  content_note: string
  author: string
  version: number
  candidate_brief: string
  actor_brief: string
  checklist: Item[]
  markscheme: string
}

export type Item = {
  domain: string
  /** asks: elicits something; says: tells something; does: is seen to be done. */
  kind: Kind
  weight: number
  safety_critical: boolean
  words: string
  /** The lines of the actor brief that answer it, by their labels. */
  rests_on: string[]
}
type Kind = (typeof kinds)[number]
const kinds = ['asks', 'says', 'does'] as const

export class NotACase extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`)
    this.line = line
  }
}

/** What printCase prints, parseCase reads, to the byte; a file edited by hand may have other line ends and blank lines at its ends. */
export function parseCase(text: string): CaseFile {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
  const { fields, end } = frontMatter(lines)
  const texts = sections(lines, end)
  const said = (key: string) => fields.get(key)?.value ?? ''
  const id = said('id')
  return {
    ...(id && { id }),
    name: said('name'),
    category: said('category'),
    domain: said('domain'),
    level: said('level'),
    formats: said('formats') === anyFormat ? [] : list(said('formats')),
    condition: said('condition'),
    synonyms: list(said('also called')),
    content_note: said('content note'),
    author: said('author'),
    version: wholeNumber(fields.get('version')!),
    candidate_brief: words(texts, 'Candidate brief'),
    actor_brief: words(texts, 'Actor brief'),
    checklist: texts.get('Checklist')!.flatMap(({ line, words }) => (words.trim() === '' ? [] : [item(words, line)])),
    markscheme: words(texts, 'Markscheme'),
  }
}

export function printCase(file: CaseFile): string {
  const fields: [key: string, value: string][] = [
    ['id', file.id ?? ''],
    ['name', file.name],
    ['category', file.category],
    ['domain', file.domain],
    ['level', file.level],
    ['formats', file.formats.join('; ') || anyFormat],
    ['condition', file.condition],
    ['also called', file.synonyms.join('; ')],
    ['content note', file.content_note],
    ['author', file.author],
    ['version', String(file.version)],
  ]
  const front = fields.filter(([, value]) => value !== '').map(([key, value]) => `${key}: ${value}\n`)
  return `---\n${front.join('')}---\n
## Candidate brief\n\n${file.candidate_brief}\n
## Actor brief\n\n${file.actor_brief}\n
## Checklist\n\n${file.checklist.map(printItem).join('')}
## Markscheme\n\n${file.markscheme}\n`
}

const anyFormat = 'any'
const required = ['name', 'category', 'domain', 'level', 'formats', 'condition', 'author', 'version']
const known = [...required, 'id', 'also called', 'content note']
const headings = ['Candidate brief', 'Actor brief', 'Checklist', 'Markscheme']

type Field = { line: number; value: string }
type Line = { line: number; words: string }

function frontMatter(lines: string[]): { fields: Map<string, Field>; end: number } {
  if (lines[0]?.trim() !== '---') throw new NotACase(1, 'a case begins with a line of three dashes')
  const end = lines.findIndex((line, at) => at > 0 && line.trim() === '---')
  if (end < 0) throw new NotACase(1, 'what stands above the briefs does not end: a second line of three dashes is missing')
  const fields = new Map<string, Field>()
  lines.slice(1, end).forEach((words, at) => {
    const line = at + 2
    const colon = words.indexOf(':')
    const key = words.slice(0, Math.max(colon, 0)).trim()
    if (!known.includes(key)) throw new NotACase(line, `"${words}" is none of ${known.join(', ')}`)
    if (fields.has(key)) throw new NotACase(line, `${key} is said twice`)
    fields.set(key, { line, value: words.slice(colon + 1).trim() })
  })
  for (const key of required) {
    const field = fields.get(key)
    if (!field?.value) throw new NotACase(field?.line ?? 1, `the case does not say its ${key}`)
  }
  return { fields, end }
}

function sections(lines: string[], end: number): Map<string, Line[]> {
  const found = new Map<string, Line[]>()
  let within: Line[] | undefined
  lines.slice(end + 1).forEach((words, at) => {
    const line = end + 2 + at
    if (/^# |^## /.test(words)) {
      const heading = words.replace(/^##? /, '').trim()
      if (heading !== headings[found.size])
        throw new NotACase(line, `here "## ${headings[found.size] ?? 'nothing more'}" is expected, not "${words}"`)
      found.set(heading, (within = []))
    } else if (within) within.push({ line, words })
    else if (words.trim() !== '') throw new NotACase(line, 'words stand before the first heading')
  })
  for (const heading of headings) if (!found.has(heading)) throw new NotACase(lines.length, `the section "## ${heading}" is missing`)
  return found
}

const words = (texts: Map<string, Line[]>, heading: string): string => {
  const [text, line] = [
    texts
      .get(heading)!
      .map(({ words }) => words)
      .join('\n')
      .trim(),
    texts.get(heading)![0]?.line ?? 1,
  ]
  if (text === '') throw new NotACase(line, `the section "## ${heading}" is empty`)
  return text
}

const list = (value: string) =>
  value
    .split(';')
    .map((one) => one.trim())
    .filter(Boolean) // prettier-ignore

function wholeNumber({ line, value }: Field): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new NotACase(line, `"${value}" is no version: 1, 2, 3 …`)
  return Number(value)
}

// - safety, asks, 2, critical: Asks for the ECG within the first minutes <- The ECG
const anItem = /^- ([a-z]+), (asks|says|does)(?:, (\d{1,3}))?(, critical)?: (.+?)(?: <- (.+))?$/

function item(text: string, line: number): Item {
  const [, domain, kind, weight = '1', critical, words, rests] = anItem.exec(text.trimEnd()) ?? []
  if (!domain) throw new NotACase(line, `"${text}" is no item such as "- history, asks, 2: Asks where the pain goes <- Where it goes"`)
  return {
    domain,
    kind: kind as Kind,
    weight: Number(weight),
    safety_critical: critical !== undefined,
    words: words!,
    rests_on: list(rests ?? ''),
  }
}

const printItem = ({ domain, kind, weight, safety_critical, words, rests_on }: Item) =>
  `- ${domain}, ${kind}${weight === 1 ? '' : `, ${weight}`}${safety_critical ? ', critical' : ''}: ${words}${rests_on.length ? ` <- ${rests_on.join('; ')}` : ''}\n`
