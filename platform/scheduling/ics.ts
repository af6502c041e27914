// iCalendar (RFC 5545), as much of it as a person's meetings need. Times are written in UTC, not as wall time with a VTIMEZONE: a
// meeting of people in several zones is an instant, none repeats, and each calendar shows it by its own, newer list of zones.

export type Appointment = {
  /** Never another one: a calendar knows by it that this is the same meeting, moved or off. Nothing of our address, which may change. */
  id: string
  title: string
  startsAt: string
  endsAt: string
  /** Above all that was said of it before. */
  sequence: number
  changedAt: string
  off: boolean
  url?: string | undefined
  /** Minutes before it begins. */
  alarms?: readonly number[]
  /** In an invitation: the house, and the person's address. */
  organiser?: string
  attendee?: string
}

export type Calendar = {
  name?: string
  /** Of a mail: an invitation, or that it is off. A feed has none. */
  method?: 'REQUEST' | 'CANCEL'
  appointments: readonly Appointment[]
}

export function icsOf({ name, method, appointments }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Vivavoce//Calendar//EN',
    'CALSCALE:GREGORIAN',
    ...(method ? [`METHOD:${method}`] : []),
    // RFC 7986, and what was there before it: how often to ask again. Outlook and Apple read the second one.
    ...(name ? [`NAME:${text(name)}`, `X-WR-CALNAME:${text(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT30M', 'X-PUBLISHED-TTL:PT30M'] : []),
    ...appointments.flatMap(linesOf),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const linesOf = (it: Appointment): string[] => [
  'BEGIN:VEVENT',
  `UID:${it.id}`,
  // When this version was made: so the same calendar is the same file, and its ETag holds.
  `DTSTAMP:${utc(it.changedAt)}`,
  `LAST-MODIFIED:${utc(it.changedAt)}`,
  `SEQUENCE:${it.sequence}`,
  `DTSTART:${utc(it.startsAt)}`,
  `DTEND:${utc(it.endsAt)}`,
  `SUMMARY:${text(it.title)}`,
  `STATUS:${it.off ? 'CANCELLED' : 'CONFIRMED'}`,
  `TRANSP:${it.off ? 'TRANSPARENT' : 'OPAQUE'}`,
  'CLASS:PRIVATE',
  ...(it.url ? [`URL:${it.url}`] : []),
  ...(it.organiser ? [`ORGANIZER;CN=Vivavoce:mailto:${it.organiser}`] : []),
  // They have said yes already, here: nobody is to be asked for an answer by mail, which nobody would read.
  ...(it.attendee ? [`ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=${it.off ? 'DECLINED' : 'ACCEPTED'};RSVP=FALSE:mailto:${it.attendee}`] : []),
  ...(it.off ? [] : (it.alarms ?? []).flatMap((minutes) => alarm(it.title, minutes))),
  'END:VEVENT',
]

const alarm = (title: string, minutes: number): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${text(title)}`,
  `TRIGGER:-PT${minutes}M`,
  'END:VALARM',
]

/** '20261120T103000Z' */
const utc = (at: string) => `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

// RFC 5545, 3.3.11. What is no character of a text at all (3.1) is left out.
const text = (words: string) =>
  words
    .replaceAll(/\r\n?|\n/g, '\n')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    .replaceAll(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')

// At most 75 octets a line (3.1), the space that says it goes on among them; and never within what is read as one character, as some
// readers unfold characters and not octets. Signs heaped on one letter without end are cut all the same.
function folded(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let octets = 0
  for (const sign of signs(line)) {
    const size = octetsOf(sign)
    if (octets + size > (pieces.length === 0 ? 75 : 74)) {
      pieces.push(piece)
      piece = ''
      octets = 0
    }
    piece += sign
    octets += size
  }
  return [...pieces, piece].join('\r\n ')
}
const signs = (line: string) =>
  [...graphemes.segment(line)].flatMap(({ segment }) => (octetsOf(segment) > 74 ? Array.from(segment) : [segment]))
const graphemes = new Intl.Segmenter('en')

const bytes = new TextEncoder() // a page makes such a file, too
const octetsOf = (words: string): number => bytes.encode(words).length
