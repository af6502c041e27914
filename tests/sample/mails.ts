import { mailKind } from '#platform/mail/kind.ts'

export const news = mailKind({ name: 'sample.news', mandatory: false, says: 'News of shared notes' })
export const alarm = mailKind({ name: 'sample.alarm', mandatory: true, says: 'Somebody signed in as you' })
