import type { ColumnType } from 'kysely'

// What each role may read and write, column by column. Every folder with migrations adds its own tables and functions
// here: its `tables.gen.ts` is printed from the database and its privileges by `npm run types`.
export interface AnonTables {}
export interface AnonFunctions {}
export interface AuthenticatedTables {}
export interface AuthenticatedFunctions {}
export interface ServiceTables {}
export interface ServiceFunctions {}

export type Column<Selected, Inserted = never, Updated = never> = ColumnType<Selected, Inserted, Updated>

export type Role = 'anon' | 'authenticated' | 'service_role'
export type TablesOf = { anon: AnonTables; authenticated: AuthenticatedTables; service_role: ServiceTables }
export type FunctionsOf = { anon: AnonFunctions; authenticated: AuthenticatedFunctions; service_role: ServiceFunctions }
