import type { FastifyInstance } from 'fastify'
import { ProblemError } from './problem.ts'

const deepest = 32

// The only body operations read. Fastify's own parser refuses `__proto__` and `constructor.prototype`; depth and NUL
// (which PostgreSQL's text cannot hold) are looked for in the text, before anything walks the value.
export function jsonBody(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    if (body.trim() === '') return done(null, undefined)
    if (tooDeep(body)) return done(new ProblemError('malformed', { detail: `The JSON is nested deeper than ${deepest}` }))
    if (body.includes('\\u0000')) return done(new ProblemError('malformed', { detail: 'Text may not hold the character NUL' }))
    void parse(request, body, done)
  })
}

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
