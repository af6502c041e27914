import { readFileSync } from 'node:fs'
import path from 'node:path'

// What a stranger's page is written in until the app's style sheet has brought the whole faces (docs/decisions/0014). A face that
// comes as bytes is there at once: a file or a `data:` address is asked for later, and words move when it comes.
// Latin letters and . , : ! ? ’ “ ”, in the weights of that page; of Newsreader only the capitals that it uses, for all fonts together
// are at most 120 kB. Same outlines, widths and kerning, so that nobody sees the whole one take over. Made by fontTools 4.66 from
// the files of @fontsource-variable:
//   pyftsubset figtree-latin-wght-normal.woff2 --layout-features=kern,liga,calt,ccmp,locl,mark,mkmk,tnum --output-file=letters.ttf \
//     --unicodes=U+20,U+21,U+2C,U+2E,U+3A,U+3F,U+41-5A,U+61-7A,U+2019,U+201C,U+201D
//   fonttools varLib.instancer letters.ttf wght=400:600 -o few.ttf
//   fonttools ttLib.woff2 compress few.ttf -o figtree.woff2
// and newsreader likewise: kern,liga; wght=400:500;
//   U+20,U+21,U+2C,U+2E,U+3F,U+41-43,U+48,U+49,U+4D,U+50,U+52-54,U+56,U+57,U+61-7A,U+2019,U+201C,U+201D
const faces = [
  { family: 'Figtree First', weight: '400 600', file: 'figtree.woff2' },
  { family: 'Newsreader First', weight: '400 500', file: 'newsreader.woff2' },
]

/** The lines of script that bring them. */
export function firstFaces(): string {
  const given = faces.map(({ file, ...face }) => ({ ...face, bytes: readFileSync(path.join(import.meta.dirname, file), 'base64') }))
  return `for (const { family, weight, bytes } of ${JSON.stringify(given)})
  document.fonts.add(new FontFace(family, Uint8Array.fromBase64?.(bytes) ?? Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0)), { weight }))`
}
