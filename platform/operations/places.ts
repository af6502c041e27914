import type { AnyOperation } from './operation.ts'

// Apart from operation.ts, which brings zod along: calling an operation needs only its address.

/** The others say what they want in the address. */
export const takesBody = ({ method }: AnyOperation) => method === 'POST' || method === 'PUT' || method === 'PATCH'

/** The names in a path: `/practice/sessions/:id` has `id`. */
export const placesIn = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
