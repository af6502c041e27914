import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shippedCases } from '../../content/ship.ts'
import { casePartsOf, type CasePart } from '../case-parts.ts'

test('a case is headings, paragraphs and lists whose lines may have a label', () => {
  assert.deepEqual(casePartsOf('### Opening line\n\n“It is\nmy knee.”\n\n- Your knee: Bad: very.\n- None.\n'), [
    { is: 'heading', words: 'Opening line' },
    { is: 'paragraph', words: '“It is my knee.”', said: true },
    {
      is: 'list',
      lines: [
        { label: 'Your knee', words: 'Bad: very.' },
        { label: '', words: 'None.' },
      ],
    },
  ])
})

test('a sentence before a colon is no label, and what has no shape stands as it is', () => {
  assert.deepEqual(casePartsOf('- He said. Then: no.\n#### What\n<b>x</b>'), [
    { is: 'list', lines: [{ label: '', words: 'He said. Then: no.' }] },
    { is: 'paragraph', words: '#### What <b>x</b>', said: false },
  ])
})

test('of no case that is shipped a word is left out', () => {
  for (const { case_name, candidate_brief, actor_brief, markscheme } of shippedCases().map(asTexts))
    for (const text of [candidate_brief, actor_brief, markscheme])
      assert.equal(
        casePartsOf(text).map(wordsOf).join(' '),
        text
          .replaceAll(/^(?:### |- )/gm, '')
          .replaceAll(/\s+/g, ' ')
          .trim(),
        case_name,
      )
})

const asTexts = (file: ReturnType<typeof shippedCases>[number]) => ({ ...file, case_name: file.name })
const wordsOf = (part: CasePart) =>
  part.is === 'list' ? part.lines.map(({ label, words }) => (label ? `${label}: ${words}` : words)).join(' ') : part.words
