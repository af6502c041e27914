import { cast } from '#platform/demo/cast.ts'
import { failing, filling, first, nothingIn, opened, pressing, slow, until, type Scene } from './scene.ts'

const who = 'administrator'
const because = filling({ Reason: 'They asked for help by telephone' })
const person = { page: '/administration/people/:id', at: `/administration/people/${cast.hana.id}`, who } as const
const looked = first(because, pressing('Look'), until('Recorded as seen'))

export const administrationScenes: Scene[] = [
  { name: 'Administration', page: '/administration', who },
  { name: 'Administration for somebody else', page: '/administration', who: 'person' },
  { name: 'People', page: '/administration/people', who },
  { name: 'People found', page: '/administration/people', who, does: first(because, pressing('Find people'), until('Amara Osei')) },
  {
    name: 'People, nobody found',
    page: '/administration/people',
    who,
    does: first(
      filling({ 'Name or address': 'zebra', Reason: 'They asked for help' }),
      pressing('Find people'),
      until('Nobody is called that'),
    ),
  },
  { name: 'Person before a reason', ...person },
  { name: 'Person', ...person, does: looked },
  { name: 'Person, suspending', ...person, does: first(looked, pressing('Suspend'), opened) },
  { name: 'Person, erasing', ...person, does: first(looked, pressing('Erase now'), opened) },
  { name: 'Invitations', page: '/administration/invitations', who },
  { name: 'No invitations', page: '/administration/invitations', who, given: nothingIn('/api/identity/invitations*') },
  {
    name: 'Invitations while they load',
    page: '/administration/invitations',
    who,
    given: slow('/api/identity/invitations*'),
    loading: true,
  },
  { name: 'Invitations that cannot be read', page: '/administration/invitations', who, given: failing('/api/identity/invitations*') },
  {
    name: 'Invitation made',
    page: '/administration/invitations',
    who,
    does: first(filling({ Reason: 'A colleague of the trial' }), pressing('Make the invitation'), until('The invitation is made')),
  },
  { name: 'Invitation, revoking', page: '/administration/invitations', who, does: first(pressing('Revoke'), opened) },
  { name: 'Reports', page: '/administration/reports', who },
  { name: 'Reports in work', page: '/administration/reports', at: '/administration/reports?state=in_work', who },
  { name: 'Jobs', page: '/administration/jobs', who },
  { name: 'No failed jobs', page: '/administration/jobs', who, given: nothingIn('/api/jobs/failed*') },
  { name: 'Audit', page: '/administration/audit', who },
  {
    name: 'Audit verified',
    page: '/administration/audit',
    who,
    does: first(pressing('Verify the chain'), (page) =>
      page
        .getByText(/sealed|Whole|Broken/)
        .first()
        .waitFor(),
    ),
  },
  { name: 'System', page: '/administration/system', who },
]
