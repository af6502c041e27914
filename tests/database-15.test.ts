import { underOwners } from './under-owners.ts'

// The oldest PostgreSQL there may be, under the owner who may least; the others are in owners.long.test.ts.
underOwners(15, ['hosted'])
