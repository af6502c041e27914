import { room, roomSet } from './room-set.ts'
import { session, stationSet } from './practice-station-set.ts'
import { answering, first, pressing, until, type Scene } from './scene.ts'

const by = { page: '/practice/watching/by/:token', at: '/practice/watching/by/a-link-that-somebody-sent', who: 'person' } as const
const watch = { page: '/practice/watching/:id', at: `/practice/watching/${session}`, who: 'person' } as const
const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()

const link = (part: 'asked' | null) =>
  answering('/api/practice/watching/reading', {
    id: session,
    host_name: 'Amara',
    guest_name: 'Jonas',
    invited_by: 'Amara',
    starts_at: at(90_000),
    minutes: 60,
    type: 'mock',
    format: 'eight-minute-stations',
    part,
  })

const watched = (more: object) =>
  answering(`/api/practice/watching/${session}`, {
    id: session,
    version: 5,
    starts_at: at(300),
    minutes: 60,
    type: 'mock',
    format: 'eight-minute-stations',
    host_name: 'Priya Raman',
    guest_name: 'Jonas Lindqvist',
    candidate: 'guest',
    agreed: true,
    room,
    cancelled_at: null,
    ended_at: null,
    round: null,
    phase: 'scheduled',
    plan: null,
    reading_at: null,
    running_at: null,
    marking_at: null,
    feedback_at: null,
    paused_at: null,
    now: at(0),
    ...more,
  })

const running = {
  round: 1,
  phase: 'running',
  plan: {
    reading: { seconds: 90, bells: [] },
    running: { seconds: 480, bells: [360] },
    marking: { seconds: 120, bells: [] },
    feedback: { seconds: 600, bells: [300] },
  },
  reading_at: at(-200),
  running_at: at(-110),
  marking_at: at(370),
  feedback_at: at(490),
}
const goIn = first(pressing('Go in'), (page) => page.getByRole('group', { name: 'In this call' }).waitFor())
const inRoom = roomSet({
  others: [
    { who: 'priya', role: 'host' },
    { who: 'jonas', role: 'guest' },
  ],
})

const asks = answering(`/api/practice/sessions/${session}/observers`, {
  items: [
    {
      id: '0dec0de0-0000-4000-8000-00000000000b',
      name: 'Robin Vance',
      avatar: null,
      invited_by: '0dec0de0-0000-4000-8000-000000000002',
      asked_at: at(-600),
      agreed: false,
    },
  ],
})

export const practiceWatchingScenes: Scene[] = [
  { name: 'Watching, sent a link', ...by, given: link(null) },
  { name: 'Watching, asked by a link', ...by, given: link('asked') },
  { name: 'Watching, a link that is gone', ...by },
  { name: 'Watching, nobody has agreed yet', ...watch, given: watched({ agreed: false, room: null, candidate: null }) },
  { name: 'Watching, agreed, tomorrow', ...watch, given: watched({ starts_at: at(90_000) }) },
  { name: 'Watching, not asked in', ...watch },
  {
    name: 'Watching a station',
    ...watch,
    given: first(
      inRoom,
      watched(running),
      answering(`/api/practice/sessions/${session}/texts*`, {
        items: [
          {
            name: 'candidate_brief',
            words: 'You are in general practice.\n\n### The patient\n\nMr Albert Finch, 71, comes about his knee.',
          },
        ],
      }),
    ),
    does: first(goIn, until('The candidate’s card')),
  },
  {
    name: 'Session, somebody asks to watch',
    page: '/practice/sessions/:id',
    at: `/practice/sessions/${session}`,
    who: 'person',
    given: first(stationSet({ phase: 'scheduled', role: null, startsAfter: 90_000 }), asks),
    does: until('Robin Vance asks to watch'),
  },
]
