import { identity } from '#platform/identity/web/part.ts'
import { legal } from '#platform/legal/web/part.ts'
import { notices } from '#platform/notices/web/part.ts'
import { administration, frame } from '#platform/web/frame/part.ts'
import { look } from '#platform/web/look/part.ts'
import type { WebPart } from '#platform/web/part.ts'

// The one list: every organ and domain that has pages.
export const parts: WebPart[] = [frame, identity, notices, legal, administration, look]
