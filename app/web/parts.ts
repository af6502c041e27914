import { practice } from '#domains/practice/web/part.ts'
import { identity } from '#platform/identity/web/part.ts'
import { legal } from '#platform/legal/web/part.ts'
import { notices } from '#platform/notices/web/part.ts'
import { push } from '#platform/push/web/part.ts'
import { rooms } from '#platform/rooms/web/part.ts'
import { scheduling } from '#platform/scheduling/web/part.ts'
import { administration, frame } from '#platform/web/frame/part.ts'
import { look } from '#platform/web/look/part.ts'
import type { WebPart } from '#platform/web/part.ts'

// The one list: every organ and domain that has pages.
export const parts: WebPart[] = [frame, scheduling, practice, identity, notices, push, legal, rooms, administration, look]
