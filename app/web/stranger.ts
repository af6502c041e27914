import { drawnForStrangers } from '#platform/web/stranger.tsx'
import { parts } from './parts.ts'

export const stranger = await drawnForStrangers(parts)
