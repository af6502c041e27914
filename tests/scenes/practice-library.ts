import { shippedCases } from '#domains/practice/content/ship.ts'
import { filling, first, nothingIn, opened, pressing, slow, until, type Scene } from './scene.ts'

const cases = shippedCases()
const called = (name: string) => cases.find((one) => one.name === name)!.id
// Refused without anything being put in its way.
const asItIs = async () => {}
const library = { page: '/practice/cases' } as const
const one = (name: string) => ({ page: '/practice/cases/:id', at: `/practice/cases/${called(name)}` }) as const

export const practiceLibraryScenes: Scene[] = [
  { name: 'Case library for a stranger', ...library },
  { name: 'Case library', ...library, who: 'person' },
  {
    name: 'Case library searched',
    ...library,
    at: '/practice/cases?level=core',
    who: 'person',
    does: first(filling({ 'Search by name': 'the' }), until('cases')),
  },
  { name: 'Case library, nothing found', ...library, at: '/practice/cases?search=zebra', who: 'person' },
  { name: 'Case library, empty', ...library, given: nothingIn('/api/practice/cases') },
  { name: 'Case library while it loads', ...library, given: slow('/api/practice/cases'), loading: true },
  { name: 'Case for a stranger', ...one('A letter about her screening') },
  { name: 'Case that is reviewed', page: '/practice/cases/:id', at: `/practice/cases/${cases[0]!.id}`, who: 'person' },
  { name: 'Case that one has had', page: '/practice/cases/:id', at: `/practice/cases/${cases[1]!.id}`, who: 'person' },
  { name: 'Case that is not there', page: '/practice/cases/:id', at: `/practice/cases/${cases[7]!.id}`, who: 'person', given: asItIs },
  { name: 'Case, reporting it', ...one('A letter about her screening'), who: 'person', does: first(pressing('Report this case'), opened) },
]
