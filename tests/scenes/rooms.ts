import { notThere, room, roomSet } from './room-set.ts'
import { first, keys, opened, pressing, until, type Scene } from './scene.ts'

const page = '/rooms/:id'
const here = { page, at: `/rooms/${room}`, who: 'person' } as const
const jonas = { who: 'jonas', role: 'patient' } as const
const priya = { who: 'priya', role: 'observer' } as const
const mateo = { who: 'mateo', role: 'observer' } as const
const goIn = first(pressing('Go in'), (page) => page.getByRole('group', { name: 'In this call' }).waitFor())
const three = [jonas, { ...priya, how: { mic: false, hand: true } }, { ...mateo, how: { camera: false } }]

export const roomScenes: Scene[] = [
  { name: 'Room, device check', ...here, given: roomSet({ others: [jonas] }), does: until('Say something') },
  { name: 'Room, asked for devices', ...here, given: roomSet({ others: [jonas], devices: 'denied' }) },
  {
    name: 'Room, devices denied',
    ...here,
    given: roomSet({ others: [jonas], devices: 'denied' }),
    does: first(pressing('Use camera and microphone'), until('This page may not use the camera')),
  },
  {
    name: 'Room, nothing connected',
    ...here,
    given: roomSet({ others: [jonas], devices: 'none' }),
    does: first(pressing('Use camera and microphone'), until('There is no microphone here')),
  },
  { name: 'Room, too early', ...here, given: roomSet({ others: [jonas], beginsAfter: 900 }), does: until('The door opens') },
  {
    name: 'Room, full',
    ...here,
    given: roomSet({ others: [jonas], full: true }),
    does: first(pressing('Go in'), until('Four people are in this room')),
  },
  {
    name: 'Room, waiting',
    ...here,
    given: roomSet({ others: [jonas], me: { waits: true } }),
    does: first(pressing('Ask to come in'), until('You are in the waiting room')),
  },
  {
    name: 'Call, alone',
    ...here,
    given: roomSet({ others: [{ ...jonas, state: 'outside' }] }),
    does: first(goIn, until('You are the first')),
  },
  { name: 'Call of two', ...here, given: roomSet({ others: [jonas], clock: 'running' }), does: first(goIn, until('Consultation')) },
  {
    name: 'Call, somebody waits',
    ...here,
    given: roomSet({ others: [jonas, { ...priya, state: 'waiting' }], clock: 'set' }),
    does: first(goIn, until('Priya Raman waits to be let in.')),
  },
  { name: 'Call of four', ...here, given: roomSet({ others: three, clock: 'paused' }), does: first(goIn, until('Paused')) },
  {
    name: 'Call with the chat open',
    ...here,
    given: roomSet({ others: [jonas], clock: 'running' }),
    does: first(goIn, keys('c'), until('kept nowhere')),
  },
  {
    name: 'Call, a screen is shown',
    ...here,
    given: roomSet({ others: [{ ...jonas, how: { screen: true } }, priya], clock: 'running' }),
    does: first(goIn, until('Jonas Lindqvist shows their screen')),
  },
  { name: 'Call, sharing', ...here, given: roomSet({ others: [jonas] }), does: first(goIn, sharing, until('You are sharing')) },
  {
    name: 'Call, more time asked for',
    ...here,
    given: roomSet({ others: [jonas], clock: 'asked' }),
    does: first(goIn, until('asks for 1 minute')),
  },
  {
    name: 'Call, turning the clock',
    ...here,
    given: roomSet({ others: [jonas], clock: 'running' }),
    does: first(goIn, pressing('Turn the clock'), opened),
  },
  {
    name: 'Call, more',
    ...here,
    given: roomSet({ others: [jonas, priya] }),
    does: first(goIn, pressing('More'), opened, until('Play a test sound')),
  },
  {
    name: 'Call on a weak line',
    ...here,
    given: roomSet({ others: [jonas], clock: 'running', loses: 30 }),
    does: first(goIn, until('Your connection is weak')),
  },
  {
    name: 'Call, left',
    ...here,
    given: roomSet({ others: [jonas] }),
    does: first(goIn, pressing('Leave the call'), until('You have left')),
  },
  { name: 'Room, over', ...here, given: roomSet({ others: [jonas], closed: true }) },
  { name: 'Room that is not there', ...here, given: notThere, does: until('This room is not there') },
  { name: 'Does a call work, for a stranger', page: '/rooms/check', does: until('What helps most often') },
  { name: 'Does a call work', page: '/rooms/check', who: 'person', does: until('What helps most often') },
]

/** On a phone it stands behind More. */
async function sharing(page: Parameters<typeof goIn>[0]): Promise<void> {
  const share = page.getByRole('button', { name: 'Share your screen' })
  if (!(await share.isVisible())) await page.getByRole('button', { name: 'More' }).click()
  await share.last().click()
}
