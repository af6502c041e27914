import { underOwners } from './under-owners.ts'

// With database-15.test.ts and all other tests (a superuser owns every database of theirs, on 18), these are each owner on each PostgreSQL.
underOwners(15, ['superuser', 'creator', 'plain'])
underOwners(18, ['creator', 'plain', 'hosted'])
