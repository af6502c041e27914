import { printCase } from '#domains/practice/cases/case-file.ts'
import { shippedCases } from '#domains/practice/content/ship.ts'
import { answering, filling, first, nothingIn, opened, pressing, until, type Scene } from './scene.ts'

const cases = shippedCases()
// What Hana sees of a case, as if she wrote it, or checks it: in the demo world others do.
const file = (part: 'author' | 'reviewer', more: object = {}) =>
  first(
    nothingIn(`/api/practice/cases/${cases[7]!.id}/versions`),
    nothingIn(`/api/practice/cases/${cases[7]!.id}/notes`),
    answering(`/api/practice/cases/${cases[7]!.id}/file`, {
      id: cases[7]!.id,
      file: texts.get(cases[7]!.id)!,
      edition: 3,
      published_at: null,
      review_wanted_at: null,
      part,
      reviewers: 0,
      signatures: [],
      ...more,
    }),
  )
const texts = new Map(cases.map((one) => [one.id, printCase(one)]))
const mine = [
  {
    id: cases[7]!.id,
    case_name: cases[7]!.name,
    part: 'author',
    signed: false,
    reviewed: false,
    published_at: null,
    review_wanted_at: null,
  },
  {
    id: cases[8]!.id,
    case_name: cases[8]!.name,
    part: 'author',
    signed: false,
    reviewed: true,
    published_at: '2026-10-01T09:00:00Z',
    review_wanted_at: null,
  },
  {
    id: cases[9]!.id,
    case_name: cases[9]!.name,
    part: 'reviewer',
    signed: false,
    reviewed: false,
    published_at: null,
    review_wanted_at: '2026-11-10T09:00:00Z',
  },
].map((one) => ({ ...one, category: 'History taking', domain: 'history', edition: 2, since: '2026-11-02T09:00:00Z' }))
const notes = [
  {
    mine: true,
    part: 'reviewer',
    name: 'Hana Novotná',
    words: 'The sorry comes early, and that is right. Would you let him ask whether it can happen again?',
  },
  { mine: false, part: 'author', name: 'Tomasz Zieliński', words: 'He does now, at the end.\nAnd the dose is in the brief.' },
].map((note, nth) => ({ ...note, id: `0dec0de0-0000-4000-8000-00000000f00${nth}`, edition: 2 + nth, written_at: '2026-11-09T18:20:00Z' }))
const whole = { page: '/practice/cases/:id/whole', at: `/practice/cases/${cases[7]!.id}/whole`, who: 'person' } as const
const edit = { page: '/practice/cases/:id/edit', at: `/practice/cases/${cases[7]!.id}/edit`, who: 'person' } as const
const desk = { page: '/practice/cases/desk', who: 'administrator' } as const
const signed = {
  edition: 2,
  named_as: 'Dr Leila Haddad, general practitioner',
  signed_on: '2026-10-20',
  review_by: '2027-10-20',
  mine: false,
  holds: false,
}

export const practiceAuthorsScenes: Scene[] = [
  { name: 'Authors, no cases of mine', page: '/practice/cases/mine', who: 'person' },
  { name: 'Authors, my cases', page: '/practice/cases/mine', who: 'person', given: answering('/api/practice/cases/mine', { items: mine }) },
  { name: 'Authors, a new case', page: '/practice/cases/new', who: 'person' },
  {
    name: 'Authors, a text that is no case',
    page: '/practice/cases/new',
    who: 'person',
    does: first(filling({ 'The case': '---\nname: x\n---\n' }), until('Go to line')),
  },
  { name: 'Authors, rewriting a case', ...edit, given: file('author') },
  {
    name: 'Authors, a draft as a whole',
    ...whole,
    given: first(
      file('author', { signatures: [signed] }),
      answering(`/api/practice/cases/${cases[7]!.id}/versions`, {
        items: [3, 2, 1].map((number) => ({ number, edition: number, written_at: `2026-11-0${number}T18:20:00Z` })),
      }),
    ),
  },
  {
    name: 'Authors, a case to check',
    ...whole,
    given: first(
      file('reviewer', { review_wanted_at: '2026-11-10T09:00:00Z', reviewers: 1 }),
      answering(`/api/practice/cases/${cases[7]!.id}/notes`, { items: notes }),
    ),
  },
  {
    name: 'Authors, what a case said before',
    page: '/practice/cases/:id/versions/:number',
    at: `/practice/cases/${cases[7]!.id}/versions/2`,
    who: 'person',
    given: first(
      file('author'),
      answering(`/api/practice/cases/${cases[7]!.id}/versions/2`, {
        file: texts
          .get(cases[7]!.id)!
          .replace('Sore for three days.', 'Sore for a week.')
          .replace('- Folic acid: Once a week, on Fridays.\n', ''),
      }),
    ),
  },
  { name: 'Authors, a case of somebody else', ...whole, given: async () => {} },
  { name: 'Authors, the desk', ...desk },
  { name: 'Authors, asking for a check', ...desk, does: first(pressing('Ask for a check'), opened) },
  {
    name: 'Authors, a case for an administrator',
    page: '/practice/cases/:id',
    at: `/practice/cases/${cases[3]!.id}`,
    who: 'administrator',
    does: until('For administrators'),
  },
]
