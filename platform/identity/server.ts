import type { Part } from '#platform/part.ts'
import { accountHandlers } from './account/server.ts'
import { administrationHandlers } from './administration/server.ts'
import * as api from './api.ts'
import { exportJob } from './exports/export.ts'
import { exportHandlers } from './exports/server.ts'
import { exportMail, sweepExports, tellOfHandOver } from './exports/tell.ts'
import { invitationHandlers } from './invitations/server.ts'
import { invitationMail, mailInvitation } from './invitations/tell.ts'
import { eraseDue, eraseJob } from './leaving/erase.ts'
import { leavingHandlers } from './leaving/server.ts'
import { deletionMail, mailDeletion } from './leaving/tell.ts'
import { waysInHandlers } from './openid/server.ts'
import { passkeyHandlers } from './passkeys/server.ts'
import type { PersonHooks } from './person-hooks.ts'
import { accountOfPerson } from './person.ts'
import { waysInMail } from './ways-in-mails.ts'
import { waysInOfPerson } from './ways-in-of-person.ts'
import { sweepWaysIn } from './ways-in-sweep.ts'

/** What it does with people it asks of every part: `people` gives the hooks of them all. */
export function identity(people: () => readonly PersonHooks[]): Part {
  return {
    name: 'identity',
    api,
    mails: [invitationMail, deletionMail, exportMail, waysInMail],
    people: [accountOfPerson, waysInOfPerson],
    jobs: [mailInvitation, mailDeletion, tellOfHandOver, sweepExports, exportJob(people), eraseJob(people), eraseDue, sweepWaysIn],
    handlers: (server) => [
      ...accountHandlers,
      ...administrationHandlers,
      ...invitationHandlers(server),
      ...passkeyHandlers(server),
      ...waysInHandlers(server),
      ...leavingHandlers(server, people),
      ...exportHandlers,
    ],
  }
}
