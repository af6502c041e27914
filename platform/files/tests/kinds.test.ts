import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { box, docx, encoded, mp4, pdf, pixels, pngClaiming, wav, webm, zip } from './making.ts'
import { is, scene } from './scene.ts'

const there = await scene()
const ada = await there.somebody('ada')
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const png = await encoded(
  'image/png',
  pixels(8, 8, () => [200, 30, 30, 255]),
)

describe('what a file is, is seen from its bytes:', () => {
  const honest: [what: string, purpose: string, said: string, bytes: Buffer, mime: string, called: string][] = [
    ['a PDF', 'sample_paper', 'cv.pdf', pdf(), 'application/pdf', 'cv.pdf'],
    ['a PDF that says it is a text', 'sample_paper', 'cv.txt', pdf(), 'application/pdf', 'cv.txt.pdf'],
    ['a zip', 'sample_paper', 'all.zip', zip({ name: 'a.txt', content: 'a' }), 'application/zip', 'all.zip'],
    ['a letter of Word', 'sample_paper', 'letter.docx', docx(), word, 'letter.docx'],
    ['a text', 'sample_paper', 'notes', Buffer.from('Grüße 👋\r\n\tand more\n'), 'text/plain', 'notes.txt'],
    [
      'a text that begins like a page of the web',
      'sample_paper',
      'x.html',
      Buffer.from('<html><script>alert(1)</script>'),
      'text/plain',
      'x.html.txt',
    ],
    ['a sound', 'sample_film', 'a.wav', wav(1_000), 'audio/wav', 'a.wav'],
    ['a recording of a browser', 'sample_film', 'a', webm(), 'video/webm', 'a.webm'],
    ['a film', 'sample_film', 'a.mp4', mp4(), 'video/mp4', 'a.mp4'],
    ['a sound in the same boxes', 'sample_film', 'a.m4a', mp4('M4A '), 'audio/mp4', 'a.m4a'],
    [
      'a film in many boxes',
      'sample_film',
      'a.mp4',
      mp4('iso5', ...Array.from({ length: 3_000 }, () => box('moof', Buffer.alloc(8)))),
      'video/mp4',
      'a.mp4',
    ],
    ['a picture', 'sample_picture', 'me.png', png, 'image/png', 'me.png'],
  ]
  for (const [what, purpose, said, bytes, mime, called] of honest)
    test(`${what} is ${mime}`, async () => {
      const { status, id } = await ada.upload(purpose, said, bytes)
      assert.equal(status, 204)
      const file = (await ada(`GET /api/files/${id}`)).body
      assert.deepEqual([file['state'], file['mime'], file['name']], ['clean', mime, called])
      await ada(`DELETE /api/files/${id}`)
    })
})

describe('is refused by name, and nothing is left behind:', () => {
  const zipped = zip({ name: 'a.txt', content: 'a' })
  const text = (content: string | Buffer) => Buffer.from(content as string)
  const dishonest: [what: string, code: string, purpose: string, said: string, bytes: Buffer][] = [
    ['a zip named as a picture', 'type_not_allowed', 'sample_picture', 'me.png', zipped],
    ['a page named as a picture', 'type_not_allowed', 'sample_picture', 'me.png', text('<svg onload=alert(1)>')],
    ['a picture for a paper', 'type_not_allowed', 'sample_paper', 'cv.pdf', png],
    ['a moving picture', 'type_not_allowed', 'sample_picture', 'me.gif', text('GIF89a\x01\0\x01\0')],
    ['a program', 'type_not_allowed', 'sample_paper', 'cv.pdf', text('MZ\x90\0\x03\0\0\0')],
    ['bytes that are no letters', 'type_not_allowed', 'sample_paper', 'a.txt', Buffer.from([0x61, 0xff, 0x62])],
    ['a text cut in the middle of a letter', 'type_not_allowed', 'sample_paper', 'a.txt', text('Gr\u00fc').subarray(0, 3)],
    ['a text that steers a terminal', 'type_not_allowed', 'sample_paper', 'a.txt', text('\x1b[2J')],
    [
      'a letter of Word with a program in it',
      'type_not_allowed',
      'sample_paper',
      'a.docx',
      docx({ name: 'word/vbaProject.bin', content: 'x' }),
    ],
    [
      'a table of Excel',
      'type_not_allowed',
      'sample_paper',
      'a.docx',
      zip({ name: '[Content_Types].xml', content: 'x' }, { name: 'xl/workbook.xml', content: 'x' }),
    ],
    ['a Matroska that is none of the web', 'type_not_allowed', 'sample_film', 'a.webm', webm('', 'matroska')],
    ['a photograph in the boxes of a film', 'type_not_allowed', 'sample_film', 'a.mp4', mp4('heic')],

    ['a zip cut short', 'file_is_damaged', 'sample_paper', 'a.zip', zipped.subarray(0, -5)],
    ['a zip with something behind it', 'file_is_damaged', 'sample_paper', 'a.zip', Buffer.concat([zipped, text('more')])],
    ['a zip with something between', 'file_is_damaged', 'sample_paper', 'a.zip', Buffer.concat([text('PK\x03\x04'), zipped])],
    ['a zip whose directory is nonsense', 'file_is_damaged', 'sample_paper', 'a.zip', replaced(zipped, 'PK\x01\x02', 'PK\x07\x07')],
    ['a PDF without its end', 'file_is_damaged', 'sample_paper', 'a.pdf', pdf().subarray(0, -7)],
    ['a PDF with something behind it', 'file_is_damaged', 'sample_paper', 'a.pdf', Buffer.concat([pdf(), text('<html>')])],
    ['a sound that says it is longer', 'file_is_damaged', 'sample_film', 'a.wav', wav(1_000).subarray(0, -100)],
    ['a sound with something behind it', 'file_is_damaged', 'sample_film', 'a.wav', Buffer.concat([wav(1_000), text('more and more')])],
    ['a film cut short', 'file_is_damaged', 'sample_film', 'a.mp4', mp4().subarray(0, -1)],
    ['a film with something behind it', 'file_is_damaged', 'sample_film', 'a.mp4', Buffer.concat([mp4(), text('<html></html>')])],

    [
      'a PDF that is a zip to whoever looks from its end',
      'file_is_two_things',
      'sample_paper',
      'a.pdf',
      Buffer.concat([pdf(), zipped, text('\n%%EOF')]),
    ],
    [
      'a zip that is a PDF to whoever looks a little further',
      'file_is_two_things',
      'sample_paper',
      'a.zip',
      zip({ name: 'a', content: pdf().toString() }),
    ],
    ['a recording that is a zip', 'file_is_two_things', 'sample_film', 'a.webm', Buffer.concat([webm(), zipped])],
    ['a film with a zip in its last box', 'file_is_two_things', 'sample_film', 'a.mp4', Buffer.concat([mp4(), box('free', zipped)])],
    ['a film with a PDF in its first box', 'file_is_two_things', 'sample_film', 'a.mp4', mp4('isom', box('free', pdf()))],

    [
      'a zip that says it unpacks to two gigabytes',
      'unpacks_too_large',
      'sample_paper',
      'a.zip',
      zip({ name: 'a', content: 'x'.repeat(20_000_000 / 5), says: 2 ** 31 }),
    ],
    [
      'a zip that says it unpacks to a thousand times its size',
      'unpacks_too_large',
      'sample_paper',
      'a.zip',
      zip({ name: 'a', content: 'x'.repeat(1_000), says: 1_000_000 }),
    ],

    [
      'a picture of 900 million pixels in some kilobytes',
      'picture_has_too_many_pixels',
      'sample_picture',
      'a.png',
      pngClaiming(30_000, 30_000, 10),
    ],
    ['a picture without pixels', 'picture_cannot_be_read', 'sample_picture', 'a.png', pngClaiming(0, 10)],
    ['a picture that lacks most of what it says', 'picture_cannot_be_read', 'sample_picture', 'a.png', pngClaiming(1_000, 1_000, 10)],
    ['a picture that ends after its name', 'picture_cannot_be_read', 'sample_picture', 'a.jpg', Buffer.from([0xff, 0xd8, 0xff])],
  ]
  for (const [what, code, purpose, said, bytes] of dishonest)
    test(what, async () => {
      is(await ada.upload(purpose, said, bytes), code, 422)
      await there.nothingOf(ada)
    })
})

function replaced(bytes: Buffer, what: string, by: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(what, by), 'latin1')
}
