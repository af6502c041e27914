// Cuts a SQL file into statements where PostgreSQL would: at semicolons outside quotes and comments.
// https://www.postgresql.org/docs/current/sql-syntax-lexical.html

export type Statement = {
  text: string // with the comments that lead to it
  bare: string // without comments and line breaks: all that PostgreSQL acts on
  line: number // of the file, where its first word stands
}

export function statements(sql: string, file: string): Statement[] {
  const found: Statement[] = []
  const lineAt = lines(sql)
  let begins = 0
  let bare: string[] = []
  let line = 1
  let before = ''
  for (const { piece, at } of pieces(sql, file)) {
    if (blank.test(piece)) {
      if (bare.length > 0 && bare.at(-1) !== ' ') bare.push(' ')
      continue
    }
    if (piece.startsWith(';')) {
      if (bare.length > 0) found.push({ text: sql.slice(begins, at + piece.length).trim(), bare: bare.join('').trim(), line })
      begins = at + piece.length
      bare = []
      before = ''
      continue
    }
    if (bare.length === 0) line = lineAt(at)
    if (before === 'begin' && piece.toLowerCase() === 'atomic')
      throw new Error(`${file}, line ${lineAt(at)}: "begin atomic" is not supported here; write the function's body as a string ($$ … $$)`)
    bare.push(piece)
    before = piece.toLowerCase()
  }
  if (bare.length > 0) throw new Error(`${file}, line ${line}: this statement has no end (a ; is missing)`)
  return found
}

const blank = /^(?:\s|--|\/\*)/
const escaped = /[eE]'(?:[^'\\]|''|\\[^]|'\s*\n\s*')*'/ // goes on after a line break, with the same rules
const quoted = /'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<tag>\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$)[^]*?\k<tag>/u
const word = /[\p{L}_][\p{L}\p{N}_$]*/u // whole, so that neither file'x' nor a$1$b opens a quote
const between = /(?:\s+|--[^\n]*)+|\/\*/
const plain = /[^\s\p{L}_'"$;/-]+/u // begins nothing
const end = /;(?:[^\S\n]*--[^\n]*)?/ // a comment on the same line belongs to what it follows
const grammar = new RegExp([between, plain, escaped, quoted, word, end, /[^]/].map((pattern) => pattern.source).join('|'), 'uy')
const opening = /['"]|\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy

function* pieces(sql: string, file: string): Generator<{ piece: string; at: number }> {
  for (let at = 0; at < sql.length; ) {
    grammar.lastIndex = opening.lastIndex = at
    grammar.test(sql) // and not exec, whose answer would be an object for every word
    const matched = sql.slice(at, grammar.lastIndex)
    if (matched.length === 1 && opening.test(sql)) throw new Error(`${file}, line ${lines(sql)(at)}: a quote is opened and never closed`)
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
  throw new Error(`${file}, line ${lines(sql)(from)}: a comment is opened and never closed`)
}

// Of one place after the other: each line is counted once.
function lines(sql: string): (at: number) => number {
  let line = 1
  let next = sql.indexOf('\n')
  return (at) => {
    for (; next !== -1 && next < at; line++) next = sql.indexOf('\n', next + 1)
    return line
  }
}
