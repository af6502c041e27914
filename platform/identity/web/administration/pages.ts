import type { Pages, Place, Words } from '#platform/web/part.ts'

// For administrators.
const who = 'administrator'

export const administrationPages: Pages = {
  '/administration': { load: async () => (await import('./overview.tsx')).Overview, who },
  '/administration/people': { load: async () => (await import('./people.tsx')).People, who },
  '/administration/people/:id': { load: async () => (await import('./person.tsx')).PersonPage, who },
  '/administration/invitations': { load: async () => (await import('./invitations.tsx')).Invitations, who },
  '/administration/reports': { load: async () => (await import('./reports.tsx')).Reports, who },
  '/administration/jobs': { load: async () => (await import('./jobs.tsx')).Jobs, who },
  '/administration/audit': { load: async () => (await import('./audit.tsx')).Audit, who },
  '/administration/system': { load: async () => (await import('./system.tsx')).System, who },
}

export const administrationPlaces: Place[] = [
  { label: 'People', to: '/administration/people', who },
  { label: 'Invitations', to: '/administration/invitations', who },
  { label: 'Reports', to: '/administration/reports', who },
  { label: 'Jobs', to: '/administration/jobs', who },
  { label: 'Audit', to: '/administration/audit', who },
  { label: 'System', to: '/administration/system', who },
]

export const administrationWords: Words = {
  administrators_only: 'Only administrators may do this, and you are none any more. Reload the page.',
  reason_needed: 'Say why, in three letters at least. It goes on record.',
  reason_names_them: 'The reason names the person. It stays on record when they are gone, so say it without their name or address.',
  no_such_person: 'There is nobody here by this address. They may have been erased.',
  is_administrator: 'They administrate. Make them an ordinary person first; then this can be done.',
  last_administrator: 'They are the last administrator. Make somebody else one first, so that the place is never without.',
  not_an_administrator: 'They are no administrator any more.',
  is_suspended: 'They are suspended. Lift the suspension first.',
  is_leaving: 'They asked to have their account deleted. Nobody is made an administrator who is leaving.',
  export_under_way: 'A copy of their data is being made already. Wait until it is ready.',
  no_such_invitation: 'This invitation is over: taken, revoked, or never made.',
  no_such_report: 'This report is not here any more.',
  report_taken: 'Somebody else took this report a moment ago.',
  report_about_you: 'This report is about you. Another administrator must work on it.',
  not_in_your_hands: 'This report is not in your hands: you did not take it, or it is closed already.',
  no_such_dead_letter: 'Somebody has retried this job already.',
  no_such_stretch: 'The verification lost its place. Begin it again.',
}
