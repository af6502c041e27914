import type { Part } from '#platform/part.ts'
import { serveEntering } from './entering.ts'
import { showPlatform } from './shares/platform.ts'

export const demo: Part = { name: 'demo', serve: serveEntering, demo: showPlatform }
