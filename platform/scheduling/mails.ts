import { mailKind } from '#platform/mail/kind.ts'

export const invitation = mailKind({
  name: 'scheduling.invitation',
  mandatory: false,
  says: 'Appointments for your own calendar, when something is planned, moved or off',
})
export const reminder = mailKind({
  name: 'scheduling.reminder',
  mandatory: false,
  says: 'Reminders of what you planned, a day and an hour before',
})
export const schedulingMails = [invitation, reminder]
