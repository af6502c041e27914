import type { Part } from '#platform/part.ts'
import { serveWeb } from './serve.ts'

export const web: Part = { name: 'web', serve: serveWeb }
