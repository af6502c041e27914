import { accountScenes } from './scenes/account.ts'
import { administrationScenes } from './scenes/administration.ts'
import { calendarScenes } from './scenes/calendar.ts'
import { entryScenes } from './scenes/entry.ts'
import { frameScenes } from './scenes/frame.ts'
import { practiceAuthorsScenes } from './scenes/practice-authors.ts'
import { practiceGroupsScenes } from './scenes/practice-groups.ts'
import { practiceLibraryScenes } from './scenes/practice-library.ts'
import { practiceFindingScenes } from './scenes/practice-finding.ts'
import { practiceResultsScenes } from './scenes/practice-results.ts'
import { practiceStationScenes } from './scenes/practice-station.ts'
import { practiceWatchingScenes } from './scenes/practice-watching.ts'
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
  ...practiceResultsScenes,
  ...practiceFindingScenes,
  ...practiceLibraryScenes,
  ...practiceAuthorsScenes,
  ...practiceGroupsScenes,
  ...practiceStationScenes,
  ...practiceWatchingScenes,
]
