// Cuts a SQL file into statements where PostgreSQL would: at semicolons outside quotes and comments.
// https://www.postgresql.org/docs/current/sql-syntax-lexical.html

export type Statement = {
  text: string // with the comments that lead to it
  bare: string // without comments and line breaks: all that PostgreSQL acts on
  line: number // of the file, where its first word stands
}

export function statements(sql: string, file: string): Statement[] {
  const found: Statement[] = []
  let text = ''
  let bare = ''
  let line = 1
  let before = ''
  for (const { piece, at } of pieces(sql, file)) {
    text += piece
    if (/^(?:\s|--|\/\*)/.test(piece)) {
      if (bare !== '' && !bare.endsWith(' ')) bare += ' '
      continue
    }
    if (bare === '') line = lineAt(sql, at)
    if (piece.startsWith(';')) {
      if (bare !== '') found.push({ text: text.trim(), bare: bare.trim(), line })
      text = bare = before = ''
      continue
    }
    if (before === 'begin' && piece.toLowerCase() === 'atomic')
      throw new Error(
        `${file}, line ${lineAt(sql, at)}: "begin atomic" is not supported here; write the function's body as a string ($$ … $$)`,
      )
    bare += piece
    before = piece.toLowerCase()
  }
  if (bare !== '') throw new Error(`${file}, line ${line}: this statement has no end (a ; is missing)`)
  return found
}

const escaped = /[eE]'(?:[^'\\]|''|\\[^]|'\s*\n\s*')*'/ // goes on after a line break, with the same rules
const quoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<tag>\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)[^]*?\k<tag>/u
const word = /[\p{L}_][\p{L}\p{N}_$]*/u // whole, so that neither file'x' nor a$1$b opens a quote
const comment = /--[^\n]*|\/\*/
const end = /;(?:[^\S\n]*--[^\n]*)?/ // a comment on the same line belongs to what it follows
const grammar = new RegExp([/\s+/, comment, escaped, quoted, word, end, /[^]/].map((pattern) => pattern.source).join('|'), 'gu')
const opening = /['"]|\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy

function* pieces(sql: string, file: string): Generator<{ piece: string; at: number }> {
  for (let at = 0; at < sql.length; ) {
    grammar.lastIndex = opening.lastIndex = at
    const matched = grammar.exec(sql)?.[0] ?? ''
    if (matched.length === 1 && opening.test(sql)) throw new Error(`${file}, line ${lineAt(sql, at)}: a quote is opened and never closed`)
    const piece = matched === '/*' ? sql.slice(at, endOfComment(sql, at, file)) : matched
    yield { piece, at }
    at += piece.length
  }
}

// Comments nest, which no regular expression can follow.
function endOfComment(sql: string, from: number, file: string): number {
  let depth = 0
  for (const edge of sql.slice(from).matchAll(/\/\*|\*\//g)) {
    depth += edge[0] === '/*' ? 1 : -1
    if (depth === 0) return from + edge.index + 2
  }
  throw new Error(`${file}, line ${lineAt(sql, from)}: a comment is opened and never closed`)
}

function lineAt(sql: string, at: number): number {
  return sql.slice(0, at).split('\n').length
}
