// The operations, as server, browser and OpenAPI share them. Pages import the one file of what they do.
export * from './api/library.ts'
export * from './api/profile.ts'
export * from './api/finding.ts'
export * from './api/sessions.ts'
export * from './api/texts.ts'
export * from './api/sheet.ts'
export * from './api/rounds.ts'
export * from './api/authors.ts'
