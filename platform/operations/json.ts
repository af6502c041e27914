import type { FastifyInstance } from 'fastify'
import { ProblemError } from './problem.ts'

const deepest = 32

// The only body operations read. Fastify's own parser refuses `__proto__` and `constructor.prototype`; depth is looked
// for in the text, before anything walks the value.
export function jsonBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (body.trim() === '') return done(null, undefined)
    if (tooDeep(body)) return done(new ProblemError('malformed', { detail: `The JSON is nested deeper than ${deepest}` }))
    void parse(request, body, (error: Error | null, value?: unknown) => {
      if (!error && body.includes('\\u') && cannotBeKept(value)) return done(new ProblemError('malformed', { detail: notText }))
      done(error, value)
    })
  })
}

// NUL has no place in PostgreSQL's text, half a surrogate pair none in UTF-8. Both arrive as escapes, and JSON.stringify
// escapes both again: behind an even number of backslashes, which stand for themselves.
const cannotBeKept = (value: unknown) => /(?<!\\)(?:\\\\)*\\u(0000|d[89a-f])/.test(JSON.stringify(value))
const notText = 'Text may hold neither the character NUL nor half of a surrogate pair'

function tooDeep(text: string): boolean {
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at)
    if (quoted) {
      if (letter === backslash) at++
      else if (letter === quote) quoted = false
    } else if (letter === quote) quoted = true
    else if (letter === openBrace || letter === openBracket) {
      if (++depth > deepest) return true
    } else if (letter === closeBrace || letter === closeBracket) depth--
  }
  return false
}

const quote = 34
const backslash = 92
const openBracket = 91
const closeBracket = 93
const openBrace = 123
const closeBrace = 125
