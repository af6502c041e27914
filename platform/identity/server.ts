import type { Part } from '#platform/part.ts'
import { accountHandlers } from './account/server.ts'
import { administrationHandlers } from './administration/server.ts'
import * as api from './api.ts'
import { invitationHandlers } from './invitations/server.ts'
import { invitationMail, mailInvitation } from './invitations/tell.ts'
import { eraseDueJob, eraseJob } from './leaving/erase.ts'
import { leavingHandlers } from './leaving/server.ts'
import { deletionMail, mailDeletion } from './leaving/tell.ts'
import type { PersonHooks } from './person-hooks.ts'

/** What it does with people it asks of every part: `people` gives the hooks of them all. */
export function identity(people: () => readonly PersonHooks[]): Part {
  const erase = eraseJob(people)
  return {
    name: 'identity',
    api,
    mails: [invitationMail, deletionMail],
    jobs: [mailInvitation, mailDeletion, erase, eraseDueJob(erase)],
    handlers: (server) => [
      ...accountHandlers,
      ...administrationHandlers,
      ...invitationHandlers(server),
      ...leavingHandlers(server, { people, erase }),
    ],
  }
}
