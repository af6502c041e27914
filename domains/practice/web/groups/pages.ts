import type { Pages, Place, Words } from '#platform/web/part.ts'

// A teacher's group, and those who are in it.
export const groupsPages: Pages = {
  '/practice/groups': { load: async () => (await import('./groups.tsx')).Groups },
  '/practice/groups/:id': { load: async () => (await import('./group.tsx')).GroupPage },
  '/practice/groups/:id/assign': { load: async () => (await import('./assign.tsx')).Assign },
  '/practice/groups/join/:token': { load: async () => (await import('./join.tsx')).Join, who: 'anyone' },
}

export const groupsPlaces: Place[] = [{ label: 'Practice groups', to: '/practice/groups' }]

export const groupsWords: Words = {
  no_such_group: 'This group is not there, or you are not in it any more. Ask its teacher for a link.',
  teacher_only: 'Only whoever teaches this group can do that.',
  you_teach_it: 'You teach this group yourself. Send the link to those you teach.',
  group_is_full: 'Two hundred people are in this group, and more it does not take. Ask its teacher for another one.',
  groups_are_many: 'You teach twenty groups, which is as many as there can be. End one that is over.',
  no_such_assignment: 'This case is not assigned any more.',
  case_is_assigned: 'This case is assigned to the group already. Change its day instead.',
  assignments_are_many: 'Fifty cases are assigned to this group, which is as many as there can be. Withdraw one that is over.',
  due_within_a_year: 'Choose a day from today on, within a year.',
}
