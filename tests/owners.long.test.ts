import { underOwners } from './under-owners.ts'

// With database-15.test.ts, database-18.test.ts and all other tests, these are each owner on each PostgreSQL.
underOwners(15, ['superuser', 'creator', 'plain'])
underOwners(18, ['creator', 'hosted'])
