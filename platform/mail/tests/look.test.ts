import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { htmlOf } from '../html.ts'
import { textOf } from '../text.ts'

const whole = {
  subject: 'Confirm your address',
  greeting: 'Hello Priya,',
  paragraphs: ['Somebody, we hope you, signed up with this address.', 'If it was you, please confirm it.'],
  action: { label: 'Confirm my address', url: 'https://vivavoce.example/in?token_hash=abc&type=signup' },
  code: '042137',
  footnote: 'The link works for an hour.',
}

describe('a mail', () => {
  test('reads well as plain text', () => {
    assert.equal(
      textOf(whole),
      `Hello Priya,

Somebody, we hope you, signed up with this address.

If it was you, please confirm it.

    042137

Confirm my address:
https://vivavoce.example/in?token_hash=abc&type=signup

The link works for an hour.

-- \nVivavoce
`,
    )
  })

  test('may be no more than a sentence', () => {
    assert.equal(textOf({ subject: 'x', paragraphs: ['A sentence.'] }), 'A sentence.\n\n-- \nVivavoce\n')
    assert.doesNotMatch(htmlOf({ subject: 'x', paragraphs: ['A sentence.'] }), /undefined|<a |class="code"/)
  })

  test('says the same in HTML, with the address to be seen before it is clicked', () => {
    const html = htmlOf(whole)
    for (const said of [whole.subject, whole.greeting, ...whole.paragraphs, whole.code, whole.footnote, whole.action.label])
      assert.ok(html.includes(said), said)
    assert.equal(html.match(/href="https:\/\/vivavoce\.example\/in\?token_hash=abc&amp;type=signup"/g)?.length, 2)
    assert.match(html, />https:\/\/vivavoce\.example\/in\?token_hash=abc&amp;type=signup<\/a>/)
  })

  test('fetches nothing and shows no picture', () => {
    assert.doesNotMatch(htmlOf({ ...whole, action: undefined }), /<img|<link|<script|url\(|https?:/i)
  })

  test('whatever people wrote stays text', () => {
    const nasty = `</p><script>alert("1")</script><img src=x onerror='x'> & "quotes"`
    const html = htmlOf({
      subject: nasty,
      greeting: nasty,
      paragraphs: [nasty],
      action: { label: nasty, url: `https://x.example/"onmouseover="x` },
      code: nasty,
      footnote: nasty,
    })
    assert.doesNotMatch(html, /<script|<img|"onmouseover/)
    assert.equal(html.match(/&lt;script&gt;alert\(&quot;1&quot;\)/g)?.length, 7) // the subject is the title, too
  })
})
