import { shippedCases } from '#domains/practice/content/ship.ts'
import { cast } from '#platform/demo/cast.ts'
import { joined, taught, wordOfGroup } from './practice-groups-set.ts'
import { answering, filling, first, opened, pressing, refused, slow, until, type Scene } from './scene.ts'

const list = { page: '/practice/groups', who: 'person' } as const
const one = { page: '/practice/groups/:id', at: `/practice/groups/${joined}`, who: 'person' } as const
const mine = { ...one, at: `/practice/groups/${taught}` } as const
const link = { page: '/practice/groups/join/:token', at: `/practice/groups/join/${wordOfGroup}`, who: 'newcomer' } as const
const assign = { page: '/practice/groups/:id/assign', at: `/practice/groups/${taught}/assign`, who: 'person' } as const
const [, , , , , , , , assigned, other] = shippedCases().map(({ id }) => id)

const justMade = {
  id: taught,
  name: 'Tuesdays at noon',
  words: '',
  part: 'teacher',
  teacher_id: cast.hana.id,
  teacher_first_name: 'Hana',
  teacher_last_name: '',
  link: null,
  people: [],
  assignments: [],
  practised: [],
}

export const practiceGroupsScenes: Scene[] = [
  { name: 'Practice groups', ...list },
  { name: 'Practice groups, none', ...list, who: 'newcomer' },
  { name: 'Practice groups while they load', ...list, given: slow('/api/practice/groups'), loading: true },
  { name: 'Practice group, making one', ...list, does: first(pressing('Make a group'), opened) },
  { name: 'Practice group', ...one },
  { name: 'Practice group taught', ...mine, does: (page) => page.getByText('Who has practised it').first().click() },
  { name: 'Practice group, more about somebody', ...mine, does: first(pressing('More about Amara Osei'), opened) },
  {
    name: 'Practice group just made',
    ...mine,
    given: answering(`/api/practice/groups/${taught}`, justMade),
  },
  { name: 'Practice group, joining', ...link },
  { name: 'Practice group, invited, for a stranger', ...link, who: 'stranger' },
  { name: 'Practice group, a link that is gone', ...link, at: '/practice/groups/join/gone' },
  {
    name: 'Practice group, which case to assign',
    ...assign,
    does: first(filling({ 'Search by name': 'before' }), until('Before the new hip')),
  },
  {
    name: 'Practice group, a case that is assigned already',
    ...assign,
    at: `${assign.at}?case=${assigned}`,
    does: first(pressing('Assign it'), refused),
  },
  { name: 'Practice group, by when', ...assign, at: `${assign.at}?case=${other}` },
]
