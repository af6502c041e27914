import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import path from 'node:path'
import PdfDocument from 'pdfkit'
import { root } from '#platform/configuration/environment.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import type { readResult } from './api/results.ts'
import { lineOf, partOf } from './cases/part-of.ts'

type Result = OutputOf<typeof readResult>
export type Paper = {
  result: Result
  markscheme: string
  format: { name: string; rating: string[] }
  scales: { domain: string; points: string[] }[]
  domains: { key: string; name: string }[]
  zone: string
}

// pdfkit embeds the letters that are used. It reads WOFF; of WOFF 2 it loses outlines.
const font = (name: string) => readFileSync(path.join(root, `node_modules/@fontsource/newsreader/files/newsreader-${name}-normal.woff`))
const faces = {
  plain: font('latin-400'),
  strong: font('latin-600'),
  'plain-ext': font('latin-ext-400'),
  'strong-ext': font('latin-ext-600'),
}
const [ink, quiet, line] = ['#1c2429', '#5a666d', '#d5dadd']
const margin = 56

/** A result on A4, to print, to keep or to show to a supervisor. */
export async function drawn(paper: Paper): Promise<Buffer> {
  const { result, markscheme } = paper
  const pdf = new PdfDocument({
    size: 'A4',
    margin,
    lang: 'en-GB',
    tagged: true,
    pdfVersion: '1.7',
    displayTitle: true,
    bufferPages: true,
    info: { Title: result.case_name, Author: 'Vivavoce' },
  })
  const whole = buffer(pdf)
  for (const [name, face] of Object.entries(faces)) pdf.registerFont(name, face)
  const write = writer(pdf)

  write.says('Practice', { size: 10, colour: quiet })
  write.heading(result.case_name, 1)
  write.says(factsOf(paper), { colour: quiet })
  if (result.rating !== null) howItWas(write, paper)
  if (result.checklist && result.checklist.length > 0) checklist(write, paper)
  toTakeAway(write, result, markscheme)
  remarks(write, result)
  write.says(
    'Independent practice material. Not affiliated with or endorsed by the exam’s owner. Any score is our estimate and does not predict a result. A case is for rehearsal, not clinical guidance.',
    { size: 9, colour: quiet, before: 18 },
  )
  numberPages(pdf)
  pdf.end()
  return whole
}

function factsOf({ result: { role, with: partner, began_at }, format, zone }: Paper): string {
  const when = new Date(began_at).toLocaleString('en-GB', { timeZone: zone, dateStyle: 'full', timeStyle: 'short' })
  const name = partner?.name || 'a partner'
  const parts = {
    candidate: `Candidate, with ${name} as the patient`,
    actor: `Patient and marker, with ${name} as the candidate`,
    alone: 'Alone, marked by oneself',
  }
  return `${parts[role]}. ${format.name}, ${when} (${zone.replaceAll('_', ' ')}).`
}

function howItWas(write: Writer, { result, markscheme, format, scales, domains }: Paper): void {
  const word = format.rating[result.rating!] ?? ''
  write.heading('How it was marked', 2)
  write.says(`Overall: ${word}`, { face: 'strong' })
  const meant = lineOf(partOf(markscheme, 'Global rating'), word)
  if (meant) write.says(meant)
  for (const { domain, points } of scales) {
    const at = result.scores?.[domain]
    if (at !== undefined) write.says(`${nameOf(domains, domain)}: ${points[at]} (${at + 1} of ${points.length})`)
  }
  if (result.words) write.says(`“${result.words}”`, { before: 6 })
}

function checklist(write: Writer, { result: { checklist, marks }, domains }: Paper): void {
  const items = checklist!
  write.heading('The checklist', 2)
  if (marks) write.says(`${items.filter(({ ticked }) => ticked).length} of ${items.length} lines were done.`)
  for (const [domain, lines] of Map.groupBy(items, (item) => item.domain)) {
    write.says(nameOf(domains, domain), { face: 'strong', before: 6 })
    for (const { words, ticked, safety_critical } of lines)
      write.item(`${words}${safety_critical ? ' (critical for safety)' : ''}`, marks ? (ticked ? 'done' : 'missed') : 'open')
  }
}

function toTakeAway(write: Writer, { condition }: Result, markscheme: string): void {
  const parts = [partOf(markscheme, 'Learning points'), partOf(markscheme, 'Read')].filter(Boolean)
  if (!condition && parts.length === 0) return
  write.heading('To take with you', 2)
  if (condition) write.says(`It was: ${condition}`, { face: 'strong' })
  for (const row of parts.join('\n').split('\n').filter(Boolean)) {
    if (row.startsWith('- ')) write.item(row.slice(2), 'open')
    else write.says(row)
  }
}

function remarks(write: Writer, { mine, theirs, with: partner }: Result): void {
  if (!mine?.words && !theirs?.words) return
  write.heading('What you said to each other', 2)
  if (theirs?.words) write.says(`${partner?.name || 'Your partner'}: “${theirs.words}”`)
  if (mine?.words) write.says(`You: “${mine.words}”`)
}

const nameOf = (domains: Paper['domains'], key: string) => domains.find((domain) => domain.key === key)?.name ?? key

type Pdf = PDFKit.PDFDocument
type Face = 'plain' | 'strong'
type Look = { face?: Face; size?: number; colour?: string; before?: number }
type Writer = ReturnType<typeof writer>

function writer(pdf: Pdf) {
  const width = pdf.page.width - 2 * margin
  const room = (needed: number) => void (pdf.y + needed > pdf.page.height - margin && pdf.addPage())
  const tagged = (tag: string, draw: () => void) => pdf.addStructure(pdf.struct(tag, {}, [draw]))

  function says(text: string, { face = 'plain', size = 11, colour = ink, before = 3 }: Look = {}, tag = 'P', indent = 0): void {
    pdf.y += before
    room(size * 1.4)
    pdf.x = margin + indent
    tagged(tag, () => {
      pdf.fillColor(colour).fontSize(size)
      const runs = inFaces(text, face)
      for (const [at, run] of runs.entries())
        pdf.font(run.face).text(run.text, { continued: at < runs.length - 1, width: width - indent, lineGap: 2 })
    })
  }

  return {
    says,

    heading(text: string, level: 1 | 2): void {
      if (level === 2) {
        pdf.y += 14
        room(60) // a heading stands above something
        pdf
          .moveTo(margin, pdf.y)
          .lineTo(margin + width, pdf.y)
          .lineWidth(0.5)
          .stroke(line)
      }
      says(text, { face: level === 1 ? 'strong' : 'plain', size: level === 1 ? 22 : 15, before: level === 1 ? 0 : 6 }, `H${level}`)
    },

    item(text: string, mark: 'done' | 'missed' | 'open'): void {
      pdf.y += 3
      room(16)
      const [x, y] = [margin + 2, pdf.y]
      pdf.markContent('Artifact', { type: 'Layout' }) // what it shows is said in the words
      pdf.lineWidth(1.2).strokeColor(mark === 'missed' ? quiet : ink)
      if (mark === 'done')
        pdf
          .moveTo(x, y + 7)
          .lineTo(x + 3, y + 10.5)
          .lineTo(x + 9, y + 3)
          .stroke()
      else if (mark === 'missed')
        pdf
          .moveTo(x + 1, y + 7.5)
          .lineTo(x + 8, y + 7.5)
          .stroke()
      else pdf.circle(x + 4, y + 7, 1.4).fill(quiet)
      pdf.endMarkedContent()
      pdf.y = y
      const said = { done: 'Done: ', missed: 'Not done: ', open: '' }[mark]
      says(said + text, { before: 0, colour: mark === 'missed' ? quiet : ink }, 'P', 18)
    },
  }
}

// The letters of a face are cut in two files (Latin, and the rest of Latin); of other scripts there are none, and a "?" stands for them.
const latin = /[\n\u0020-\u00ff\u0131\u0152\u0153\u02bb\u02bc\u02c6\u02da\u02dc\u2000-\u206f\u20ac\u2122\u2191\u2193\u2212\u2215]/u
const moreLatin = /[\u0100-\u02ff\u1d00-\u1dbf\u1e00-\u1eff\u20a0-\u20c0\u2113\u2c60-\u2c7f\ua720-\ua7ff]/u

export function inFaces(text: string, face: Face): { text: string; face: string }[] {
  const runs: { text: string; face: string }[] = []
  for (const letter of text.normalize('NFC')) {
    const wanted = !latin.test(letter) && moreLatin.test(letter) ? `${face}-ext` : face
    const shown = latin.test(letter) || moreLatin.test(letter) ? letter : '?'
    const last = runs.at(-1)
    if (last?.face === wanted) last.text += shown
    else runs.push({ text: shown, face: wanted })
  }
  return runs
}

function numberPages(pdf: Pdf): void {
  const { count } = pdf.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    pdf.switchToPage(page)
    pdf.page.margins.bottom = 0 // else the line at the foot begins another page
    pdf.markContent('Artifact', { type: 'Pagination' })
    pdf
      .font('plain')
      .fontSize(9)
      .fillColor(quiet)
      .text(`Vivavoce · ${page + 1} of ${count}`, margin, pdf.page.height - margin + 18, { lineBreak: false })
    pdf.endMarkedContent()
  }
}
