import type { FastifyRequest } from 'fastify'
import { knownPlace } from '../links.ts'
import type { GoTrue } from './context.ts'

/** Where the caller wants people to land, if it is a place that we know. GoTrue takes it from the query or a header. */
export function placeNamed({ configuration }: GoTrue, { query, headers }: FastifyRequest): string | undefined {
  const named = (query as Record<string, unknown>)['redirect_to'] ?? headers['redirect_to']
  return typeof named === 'string' ? knownPlace(configuration, named)?.href : undefined
}
