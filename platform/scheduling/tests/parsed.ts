import ICAL from 'ical.js'

/** What is written is read by somebody else's parser. */
export const calendarIn = (ics: string) => new ICAL.Component(ICAL.parse(ics) as unknown[])

export const eventsIn = (ics: string) =>
  calendarIn(ics)
    .getAllSubcomponents('vevent')
    .map((event) => new ICAL.Event(event))
