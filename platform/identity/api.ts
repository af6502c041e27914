export * from './account/api.ts'
export * from './administration/api.ts'
export * from './invitations/api.ts'
export * from './leaving/api.ts'
