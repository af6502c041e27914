import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { type CaseFile, NotACase, parseCase, printCase } from '../cases/case-file.ts'
import { type House, lintCase, type Rule } from '../cases/case-lint.ts'
import { readingAge } from '../cases/reading-age.ts'
import { formats } from '../content/formats.ts'
import { shippedCases } from '../content/ship.ts'

// The cases that are shipped, and the linter that reads them: each rule finds the fault that is planted for it, or it proves nothing.
const domains = ['communication', 'ethics', 'history', 'examination', 'reasoning', 'explanation', 'management', 'safety']
const house: House = { domains, formats }
const folder = new URL('../content/cases/', import.meta.url)
const cases = shippedCases()
const fileOf = ({ name }: CaseFile) => new URL(`${slugOf(name)}.md`, folder)
const learned =
  'Notwithstanding considerable multidisciplinary deliberation regarding differential diagnostic possibilities, comprehensive characterisation of symptomatology necessitates individualised prioritisation of investigations.' // prettier-ignore
const known = 'every domain, level, category, format and scale is known'
const answerable = 'each item can be answered from the actor brief, or be seen'
const kept = 'the condition is kept'
const noted = 'a content note where something distresses'
const named = 'a guideline to read is named'
const nobody = 'nobody real'
const good = cases.find(({ name }) => name === 'A builder with a tight chest')!

describe('the library', () => {
  for (const file of cases)
    test(`“${file.name}” is in order, and its file says what is read from it`, () => {
      assert.deepEqual(
        lintCase(file, house).map(({ rule, says }) => `${rule}: ${says}`),
        [],
      )
      assert.equal(printCase(file), readFileSync(fileOf(file), 'utf8'))
    })

  test('has thirty cases and more, of every kind', () => {
    assert.ok(cases.length >= 30)
    assert.equal(cases.length, readdirSync(folder).length)
    const kinds = Map.groupBy(cases, ({ category }) => category)
    for (const kind of [
      'History taking',
      'Examination',
      'Explanation and counselling',
      'Breaking bad news',
      'Ethics and capacity',
      'Emergencies',
      'Remote consultation',
      'Prescribing safety',
      'Safeguarding',
      'Teams and handover',
    ])
      assert.ok((kinds.get(kind)?.length ?? 0) >= 2, kind)
    for (const { id } of formats)
      assert.ok(
        cases.some((file) => file.formats.length === 0 || file.formats.includes(id)),
        id,
      )
  })

  test('has each id, name and condition once', () => {
    for (const key of ['id', 'name', 'condition'] as const) assert.equal(new Set(cases.map((file) => file[key])).size, cases.length, key)
  })
})

describe('the linter finds', () => {
  const planted: [what: string, rule: Rule, fault: Partial<CaseFile>][] = [
    ['a part that is missing', 'says everything it has to say', { actor_brief: good.actor_brief.replace('### Feelings and cues', '') }],
    ['a part that is empty', 'says everything it has to say', { candidate_brief: good.candidate_brief.replace(/Eight minutes\.$/, '') }],
    ['parts in another order', 'says everything it has to say', { markscheme: swapped(good.markscheme, '### Scales', '### Read') }],
    ['a domain nobody knows', known, { domain: 'bravery' }],
    ['an item in a domain nobody knows', known, { checklist: withItem({ domain: 'bravery' }) }],
    ['a level nobody knows', known, { level: 'professor' }],
    ['a category nobody knows', known, { category: 'Miscellaneous' }],
    ['a format nobody knows', known, { formats: ['nine-minute-stations'] }],
    ['a scale that nobody explains', known, { formats: ['twelve-minute-remote'] }],
    ['a format left open, whose scales nobody explains', known, { formats: [] }],
    ['a rating that is none', known, { markscheme: good.markscheme.replace('- There:', '- Brilliant:') }],
    ['a question that no line answers', answerable, { checklist: withItem({ kind: 'asks', rests_on: [] }) }],
    ['a link to a line that is not there', answerable, { checklist: withItem({ rests_on: ['His shoe size'] }) }],
    [
      'a link to what the actor never volunteers, and is not told',
      answerable,
      { actor_brief: good.actor_brief.replace('- Earlier ones:', '- Weather:') },
    ],
    ['the condition in the name', kept, { name: 'Acute coronary syndrome on a building site' }],
    [
      'the condition in the brief, spelt otherwise',
      kept,
      { candidate_brief: `${good.candidate_brief}\n\nQuery ACUTE-coronary  syndrome.` },
    ],
    ['a synonym in the brief', kept, { candidate_brief: good.candidate_brief.replace('a tight feeling', 'a heart attack') }],
    ['a short synonym, as a word', kept, { candidate_brief: good.candidate_brief.replace('a tight feeling', 'ACS') }],
    ['a word that begins with the condition', kept, { condition: 'Asthma', name: 'The asthmatic builder' }],
    ['the condition in the content note', kept, { content_note: 'A heart attack.' }],
    ['a brief that takes too long to read', 'lengths', { candidate_brief: `${good.candidate_brief} ${'He waits. '.repeat(70)}` }],
    ['an actor who knows nothing', 'lengths', { actor_brief: 'You are Gary.' }],
    ['too few items', 'lengths', { checklist: good.checklist.slice(0, 6) }],
    ['nothing that is safety-critical', 'lengths', { checklist: good.checklist.map((item) => ({ ...item, safety_critical: false })) }],
    ['everything safety-critical', 'lengths', { checklist: good.checklist.map((item) => ({ ...item, safety_critical: true })) }],
    ['an item nobody finds in a hurry', 'lengths', { checklist: withItem({ words: 'Asks and asks '.repeat(12) }) }],
    ['a name that no list shows', 'lengths', { name: 'A builder '.repeat(7) }],
    ['a brief that only a professor reads with ease', 'reading age', { candidate_brief: `${good.candidate_brief}\n\n${learned}` }],
    ['an actor who is to speak like a letter', 'reading age', { actor_brief: `${good.actor_brief}\n\n${`${learned} `.repeat(3)}` }],
    ['distress without a note', noted, { content_note: '' }],
    [
      'bad news without a note',
      noted,
      { content_note: '', actor_brief: 'You are well.', markscheme: 'Be kind.', category: 'Breaking bad news' },
    ],
    ['no guideline', named, { markscheme: good.markscheme.replace(/### Read[\s\S]*$/, '### Read\n\nSomething national.') }],
    ['a guideline of nobody', named, { markscheme: good.markscheme.replace('- NICE:', '- My uncle:') }],
    ['a guideline that is quoted', named, { markscheme: `${good.markscheme}\n- NICE: “Offer aspirin”` }],
    ['an e-mail address', nobody, { actor_brief: `${good.actor_brief} gary@builders.example` }],
    ['a telephone number', nobody, { actor_brief: `${good.actor_brief} 020 7946 0018` }],
    ['an NHS number', nobody, { candidate_brief: `${good.candidate_brief} 943 476 5919` }],
    ['a date of birth', nobody, { candidate_brief: `${good.candidate_brief} Born 12/04/1969.` }],
    ['a postcode', nobody, { actor_brief: `${good.actor_brief} SW1A 1AA` }],
    ['an exam’s name', 'exam names name nothing here', { markscheme: `${good.markscheme} As in PACES.` }],
    ['American spelling', 'British spelling', { actor_brief: `${good.actor_brief} You see the color red.` }],
  ]
  for (const [what, rule, fault] of planted)
    test(what, () =>
      assert.ok(
        lintCase({ ...good, ...fault }, house).some((found) => found.rule === rule),
        `${rule} finds nothing`,
      ),
    )

  test('nothing in words that only look so', () => {
    const innocent = 'The backs of his hands are dry; he programmed lifts, and takes ramipril 10 mg.'
    assert.deepEqual(lintCase({ ...good, candidate_brief: good.candidate_brief.replace('on air.', `on air. ${innocent}`) }, house), [])
  })
})

describe('a case’s file', () => {
  const text = printCase(good)
  test('may have other line ends, a mark at its beginning and blank lines', () => {
    assert.deepEqual(parseCase(`\uFEFF${text.replaceAll('\n', '\r\n')}\r\n\r\n`), parseCase(text))
  })

  test('of a new case has no id, and of any format no list', () => {
    const { id, ...rest } = { ...good, formats: [], synonyms: [], content_note: '' }
    const printed = printCase(rest)
    assert.ok(!printed.includes(id))
    assert.match(printed, /^---\nname: /)
    assert.match(printed, /\nformats: any\n/)
    assert.deepEqual(parseCase(printed), rest)
  })

  for (const [what, broken, line] of [
    ['no front matter', text.replace('---\n', ''), 1],
    ['front matter without an end', text.replace('\n---\n', '\n'), 1],
    ['a key nobody knows', text.replace('author:', 'autor:'), 11],
    ['a key twice', text.replace('level:', 'name: Another\nlevel:'), 6],
    ['no condition', text.replace(/condition: .*\n/, ''), 1],
    ['a name that is left empty', text.replace(/name: .*/, 'name: '), 3],
    ['a version that is none', text.replace('version: 1', 'version: one'), 12],
    ['a section in the wrong place', text.replace('## Checklist', '## Markscheme'), lineOf('## Checklist')],
    ['an item that is none', text.replace('- history, asks: Asks what', '* history: asks what'), lineOf('## Checklist') + 2],
    [
      'an item of a kind nobody knows',
      text.replace('- history, asks: Asks what', '- history, feels: Asks what'),
      lineOf('## Checklist') + 2,
    ],
    ['words before the first section', text.replace('## Candidate brief', 'Hello\n\n## Candidate brief'), lineOf('## Candidate brief')],
  ] as const)
    test(`with ${what} is refused, and the line is said`, () =>
      assert.throws(
        () => parseCase(broken),
        (error) => error instanceof NotACase && error.line === line && error.message.startsWith(`line ${line}: `),
      ))

  function lineOf(heading: string): number {
    return text.split('\n').indexOf(heading) + 1
  }
})

test('a reading age rises with long words and long sentences', () => {
  assert.ok(readingAge('The cat sat. It was red.') < 7)
  const plain = readingAge('You have a cough. It began last night. You want to sleep, and you cannot.')
  assert.ok(plain < readingAge('Your cough, which began during the previous night, is preventing you from sleeping as you would wish to.'))
  assert.ok(readingAge(learned) > 20)
})

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-|-$/g, '') // prettier-ignore
}
function withItem(change: Partial<CaseFile['checklist'][number]>) {
  return good.checklist.map((item, at) => (at === 0 ? { ...item, ...change } : item))
}
function swapped(text: string, one: string, other: string): string {
  return text.replace(one, '@').replace(other, one).replace('@', other)
}
