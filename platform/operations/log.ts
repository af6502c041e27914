import pino, { type Logger } from 'pino'

export type { Logger }

// On stderr; stdout is for what a command answers. Structured, and without people: no address, no token, no body, no query.
export function logger(level: string, to: pino.DestinationStream = pino.destination({ fd: 2, sync: true })): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: withoutData } }, to)
}

// A database error's message, detail and query can hold people's data: only its code and where it happened are written down.
function withoutData(error: Error & { code?: string; severity?: string; constraint?: string }): Record<string, unknown> {
  const { name, code, constraint, severity, stack = '' } = error
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '))
  return { name, code, constraint, message: severity === undefined ? error.message : undefined, stack: frames.join('\n') }
}
