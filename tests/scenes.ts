import { accountScenes } from './scenes/account.ts'
import { administrationScenes } from './scenes/administration.ts'
import { calendarScenes } from './scenes/calendar.ts'
import { entryScenes } from './scenes/entry.ts'
import { frameScenes } from './scenes/frame.ts'
import { roomScenes } from './scenes/rooms.ts'
import type { Scene } from './scenes/scene.ts'
import { toldScenes } from './scenes/told.ts'

/** Every page in every state worth seeing: `npm run shots` takes their pictures, and everybody's access to them is checked. */
export const scenes: Scene[] = [
  ...frameScenes,
  ...entryScenes,
  ...accountScenes,
  ...toldScenes,
  ...calendarScenes,
  ...administrationScenes,
  ...roomScenes,
]
