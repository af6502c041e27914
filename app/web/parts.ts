import { identity } from '#platform/identity/web/part.ts'
import { frame } from '#platform/web/frame/part.ts'
import type { WebPart } from '#platform/web/part.ts'

// The one list: every organ and domain that has pages.
export const parts: WebPart[] = [frame, identity]
