import type { CaseFile } from './case-file.ts'
import { readingAge, wordsOf } from './reading-age.ts'

// What a case owes to those who play it, as far as a machine can see: medicine and charm are for people to check. An item that
// nobody can answer, or a brief that gives the condition away, spoils an evening; these are found before anybody sits down.

export type Finding = { rule: Rule; says: string }
export type Rule = (typeof rules)[number]['name']
export type House = { domains: readonly string[]; formats: readonly { id: string; rating: readonly string[]; scales: object }[] }

export function lintCase(file: CaseFile, house: House): Finding[] {
  return rules.flatMap(({ name, finds }) => finds(file, house).map((says) => ({ rule: name, says })))
}

export const categories = [
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
  'Mental health',
]
export const levels = ['any', 'student', 'foundation', 'core', 'higher'] // as practice.practice_sessions has it

// Words and reading ages. A candidate has ninety seconds, and reads some 200 words in them; an actor has as long and plays what they
// remember. Ages as in reading-age.ts: a note between colleagues may need twelve, what is spoken ten.
const limits = {
  candidate: { words: [50, 200], age: 12 },
  actor: { words: [180, 700], age: 10 },
  markscheme: { words: [120, 600] },
  name: 60,
  item: 160,
  items: [7, 14],
  critical: [1, 4],
} as const

const parts = {
  candidate_brief: ['Setting', 'You are', 'Your task', 'Time'],
  actor_brief: [
    'Who you are',
    'Opening line',
    'Told freely',
    'Only if asked',
    'Feelings and cues',
    'What you want',
    'What you resist',
    'Never volunteer',
  ],
  markscheme: ['What it is about', 'Scales', 'Global rating', 'Safety-critical errors', 'Learning points', 'Read'],
} as const
const briefs = ['candidate_brief', 'actor_brief', 'markscheme'] as const

const rules = [
  {
    name: 'says everything it has to say',
    finds: (file: CaseFile) =>
      briefs.flatMap((text) => {
        const said = headings(file[text])
        return parts[text].join() === said.join() && parts[text].every((heading) => under(file[text], heading) !== '')
          ? []
          : [`${title(text)} has the parts ${parts[text].join(', ')}, in this order and none of them empty; here are ${said.join(', ')}`]
      }),
  },
  {
    name: 'every domain, level, category, format and scale is known',
    finds: (file: CaseFile, { domains, formats }: House) => [
      ...[file.domain, ...file.checklist.map(({ domain }) => domain)]
        .filter((one) => !domains.includes(one))
        .map((one) => `${one} is no domain`),
      ...(levels.includes(file.level) ? [] : [`${file.level} is no level`]),
      ...(categories.includes(file.category) ? [] : [`${file.category} is no category`]),
      ...file.formats.filter((one) => !formats.some(({ id }) => id === one)).map((one) => `${one} is no format`),
      ...playedIn(file, formats).flatMap(({ id, scales, rating }) => {
        const [rated, anchored] = [labels(file.markscheme, 'Scales'), labels(file.markscheme, 'Global rating')]
        return [
          ...Object.keys(scales)
            .filter((scale) => !rated.includes(scale))
            .map((scale) => `${id} rates ${scale}, and Scales does not say what is good there`),
          ...anchored.filter((anchor) => !rating.includes(anchor)).map((anchor) => `"${anchor}" is no global rating of ${id}`),
          ...(anchored.length < 3 ? ['the global rating needs three anchors at least: the worst, the pass and the best'] : []),
        ]
      }),
    ],
  },
  {
    name: 'each item can be answered from the actor brief, or be seen',
    finds: ({ checklist, actor_brief }: CaseFile) => {
      const answers = new Map([...answersIn(actor_brief, 'Told freely'), ...answersIn(actor_brief, 'Only if asked')])
      return checklist.flatMap(({ kind, words, rests_on }) => [
        ...(kind === 'asks' && rests_on.length === 0 ? [`"${words}" asks for what no line of the actor brief is named for`] : []),
        ...rests_on
          .filter((label) => wordsOf(answers.get(label) ?? '').length === 0)
          .map((label) => `"${words}" rests on "${label}", which the actor brief does not answer`),
      ])
    },
  },
  {
    name: 'the condition is kept',
    finds: (file: CaseFile) =>
      [file.condition, ...file.synonyms].flatMap((term) =>
        (['name', 'candidate_brief', 'category', 'content_note'] as const)
          .filter((where) => givesAway(file[where], term))
          .map((where) => `${title(where)} gives "${term}" away`),
      ),
  },
  {
    name: 'lengths',
    finds: (file: CaseFile) => {
      const { candidate, actor, markscheme, name, item, items, critical } = limits
      const count = (what: string, has: number, [least, most]: readonly [number, number]) =>
        has < least || has > most ? [`${what}: ${has}, and ${least} to ${most} is what people can use`] : []
      return [
        ...count('words in the candidate brief', wordsOf(file.candidate_brief).length, candidate.words),
        ...count('words in the actor brief', wordsOf(file.actor_brief).length, actor.words),
        ...count('words in the markscheme', wordsOf(file.markscheme).length, markscheme.words),
        ...count('items', file.checklist.length, items),
        ...count('safety-critical items', file.checklist.filter(({ safety_critical }) => safety_critical).length, critical),
        ...(file.name.length > name ? [`the name has ${file.name.length} letters, and a list shows ${name}`] : []),
        ...file.checklist
          .filter(({ words }) => words.length > item)
          .map(({ words }) => `"${words}" is too long to be found in a hurry: ${item} letters`),
        ...file.checklist.filter(({ weight }) => weight < 1 || weight > 3).map(({ words }) => `"${words}" weighs other than 1 to 3`),
      ]
    },
  },
  {
    name: 'reading age',
    finds: (file: CaseFile) =>
      (['candidate', 'actor'] as const).flatMap((who) => {
        const age = readingAge(file[`${who}_brief`])
        return age > limits[who].age ? [`the ${who} brief reads like age ${age.toFixed(1)}; at most ${limits[who].age}`] : []
      }),
  },
  {
    name: 'a content note where something distresses',
    finds: (file: CaseFile) => {
      const found = distressing.exec([file.candidate_brief, file.actor_brief, file.markscheme].join('\n'))
      if (file.content_note !== '') return []
      return [
        ...(found ? [`"${found[0]}" asks for a content note`] : []),
        ...(heavy.includes(file.category) ? [`${file.category} asks for a content note`] : []),
      ]
    },
  },
  {
    name: 'a guideline to read is named',
    finds: ({ markscheme }: CaseFile) => {
      const read = under(markscheme, 'Read').split('\n')
      return [
        ...(read.some((line) => line.startsWith('- ')) ? [] : ['Read names nothing']),
        ...read.flatMap((line) => {
          const [, body, name] = /^- ([^:]+): (.+)$/.exec(line) ?? []
          if (!body || !name) return [`"${line}" is no line such as "- NICE: Sepsis"`]
          if (!bodies.includes(body)) return [`${body} is none of those who issue guidance: ${bodies.join(', ')}`]
          return /[“”"]/.test(name) ? [`"${line}" quotes, and a name is enough`] : []
        }),
      ]
    },
  },
  {
    name: 'nobody real',
    finds: (file: CaseFile) =>
      details.flatMap(([what, pattern]) => {
        const found = pattern.exec(everything(file))
        return found ? [`"${found[0]}" looks like ${what} of somebody real`] : []
      }),
  },
  {
    name: 'exam names name nothing here',
    finds: (file: CaseFile) => {
      const found = exams.exec(everything(file))
      return found ? [`"${found[0]}" belongs to an exam’s owner`] : []
    },
  },
  {
    name: 'British spelling',
    finds: (file: CaseFile) => {
      const found = american.exec(everything(file))
      return found ? [`"${found[0]}" is spelt otherwise here`] : []
    },
  },
] as const satisfies { name: string; finds: (file: CaseFile, house: House) => string[] }[]

const heavy = ['Breaking bad news', 'Safeguarding', 'Mental health']
const distressing =
  /\b(suicid\w*|self-harm\w*|kill\w*|end(ing)? (my|your|her|his|their|it all|things)( own)? li(fe|ves)|dead|died|dies|dying|death|miscarr\w*|stillb\w*|abus\w*|violen\w*|rap(e|ed|ist)|assault\w*|strangl\w*|terminal)\b/i
const exams = /\b(OET|PLAB|SCA|PACES|MRC[PGS]\w*|UKMLA|USMLE|IELTS|CSA|OSCEs?)\b/
const details: [string, RegExp][] = [
  ['an e-mail address', /[^\s@]+@[^\s@]+\.[a-z]{2,}/i],
  ['a web address', /\b(https?:\/\/|www\.)\S+/i],
  ['a telephone number', /(?<!\d)(\+44\s?|0)(\d\s?){9,10}(?!\d)/],
  ['an NHS number', /(?<!\d)\d{3}[ -]\d{3}[ -]\d{4}(?!\d)/],
  ['a date of birth', /\b\d{1,2}[/.]\d{1,2}[/.](19|20)\d{2}\b/],
  ['a postcode', /\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/],
]
const american =
  /\b(color|center|behavior|pediatric\w*|hemorrhage|anemi[ac]|edema|diarrhea|estrogen|anesthe\w*|counseling|labor|liter|gray|program|fiber|acetaminophen|epinephrine|mom|favorite)\b/i // prettier-ignore
const bodies = [
  'NICE',
  'SIGN',
  'BNF',
  'GMC',
  'MHRA',
  'DVLA',
  'NHS England',
  'UK Health Security Agency',
  'Resuscitation Council UK',
  'British Thoracic Society',
  'British Society for Rheumatology',
  'Faculty of Sexual and Reproductive Healthcare',
  'Royal College of Obstetricians and Gynaecologists',
  'Royal College of Paediatrics and Child Health',
  'Royal College of Physicians',
  'Royal College of Surgeons of England',
  'Royal College of Anaesthetists',
  'Association of Anaesthetists',
  'Ministry of Justice',
  'Department for Education',
  'Department of Health and Social Care',
  'Care Quality Commission',
  'British Society for Allergy and Clinical Immunology',
]

const title = (text: string) => `the ${text.replace('_', ' ')}`
const everything = (file: CaseFile) =>
  [file.name, file.content_note, file.candidate_brief, file.actor_brief, file.markscheme, ...file.checklist.map(({ words }) => words)].join(
    '\n',
  ) // prettier-ignore
const playedIn = (file: CaseFile, formats: House['formats']) =>
  file.formats.length === 0 ? formats : formats.filter(({ id }) => file.formats.includes(id))

const headings = (text: string) => [...text.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading!.trim())

function under(text: string, heading: string): string {
  const lines = text.split('\n')
  const from = lines.indexOf(`### ${heading}`)
  if (from < 0) return ''
  const to = lines.findIndex((line, at) => at > from && line.startsWith('### '))
  return lines
    .slice(from + 1, to < 0 ? undefined : to)
    .join('\n')
    .trim() // prettier-ignore
}

/** "- Where it goes: Down the left arm." is a line with its label. */
const answersIn = (text: string, heading: string): [label: string, answer: string][] =>
  [...under(text, heading).matchAll(/^- ([^:]+): (.+)$/gm)].map(([, label, answer]) => [label!, answer!])
const labels = (text: string, heading: string) => answersIn(text, heading).map(([label]) => label)

// Spelt in whatever way, as practice.cases has it. A long word also gives away what begins with it (asthma, asthmatic); a short one
// only itself: "ACS" is not in "backs".
function givesAway(text: string, term: string): boolean {
  const plain = (words: string) => ` ${wordsOf(words.toLowerCase().replaceAll('-', ' ')).join(' ')} `
  const given = plain(term)
  return plain(text).includes(given.trim().length > 4 ? given.trimEnd() : given)
}
