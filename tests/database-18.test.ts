import { underOwners } from './under-owners.ts'

// A superuser owns every database of `npm test`; here it is somebody without any privilege. The others are in owners.long.test.ts.
underOwners(18, ['plain'])
