import { session, stationSet } from './practice-station-set.ts'
import { first, opened, pressing, until, type Scene } from './scene.ts'

const page = '/practice/sessions/:id'
const here = { page, at: `/practice/sessions/${session}`, who: 'person' } as const
const goIn = first(pressing('Go in'), (page) => page.getByRole('group', { name: 'In this call' }).waitFor())
export const practiceStationScenes: Scene[] = [
  { name: 'Session, planned', ...here, given: stationSet({ phase: 'scheduled', role: null, startsAfter: 90_000, chosen: true }) },
  { name: 'Session, the room is open', ...here, given: stationSet({ phase: 'scheduled', role: 'candidate', startsAfter: 300 }) },
  {
    name: 'Session, choosing a case',
    ...here,
    given: stationSet({ phase: 'scheduled', role: null, startsAfter: 90_000 }),
    does: first(pressing('Choose a case'), opened, until('Prescribing safety')),
  },
  { name: 'Session, over', ...here, given: stationSet({ phase: 'ended' }) },
  {
    name: 'Station, before the first bell',
    ...here,
    at: `${here.at}?call=yes`,
    given: stationSet({ phase: 'scheduled', role: null, startsAfter: 300 }),
    does: first(goIn, until('Before the first bell')),
  },
  {
    name: 'Station, the candidate reads',
    ...here,
    given: stationSet({ phase: 'reading' }),
    does: first(goIn, until('Your card as the candidate')),
  },
  {
    name: 'Station, the candidate talks',
    ...here,
    given: stationSet({ phase: 'running' }),
    does: first(goIn, until('Jonas Lindqvist, guest')),
  },
  {
    name: 'Station, the patient’s card',
    ...here,
    given: stationSet({ phase: 'running', role: 'actor' }),
    does: first(goIn, until('You play the patient')),
  },
  {
    name: 'Station, a sheet is not finished',
    ...here,
    given: stationSet({ phase: 'marking', role: 'actor' }),
    does: first(goIn, pressing('Hand in and go on to the feedback'), until('have no word yet')),
  },
  {
    name: 'Station, the candidate waits for the sheet',
    ...here,
    given: stationSet({ phase: 'marking' }),
    does: first(goIn, until('finishes the sheet now')),
  },
  {
    name: 'Station, feedback',
    ...here,
    given: stationSet({ phase: 'feedback', sheet: 'handed in' }),
    does: first(goIn, until('How it was marked')),
  },
  {
    name: 'Station, a pause is asked for',
    ...here,
    given: stationSet({ phase: 'running', role: 'actor', asked: true }),
    does: first(goIn, until('asks for a pause')),
  },
  {
    name: 'Station, turning the clock',
    ...here,
    given: stationSet({ phase: 'running', role: 'actor' }),
    does: first(goIn, pressing('Turn the clock'), opened),
  },
  { name: 'Practise alone', page: '/practice/alone', who: 'person' },
  { name: 'Station alone, marking oneself', ...here, given: stationSet({ phase: 'marking', role: 'alone' }), does: until('Mark yourself') },
]
