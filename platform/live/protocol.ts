import * as z from 'zod/mini'

// What goes over the socket, both ways. The browser's half (web/) knows these by their types alone, so that zod stays out of its first load.

// As the database writes it: the same topic in two spellings would be two to us.
const topic = z.uuid().check(z.lowercase())
const kind = z.string().check(z.regex(/^[a-z]+\.[a-z-]+$/), z.maxLength(60))

export const fromClient = z.discriminatedUnion('say', [
  z.object({
    say: z.literal('listen'),
    topics: z.record(topic, z.nullable(z.int().check(z.nonnegative()))),
    epoch: z.optional(z.uuid()),
  }),
  z.object({ say: z.literal('leave'), topics: z.array(topic).check(z.maxLength(200)) }),
  z.object({ say: z.literal('word'), topic, kind, body: z.unknown(), to: z.optional(z.uuid()) }),
  z.object({ say: z.literal('here'), topic, state: z.nullable(z.string().check(z.maxLength(100))) }),
  z.object({ say: z.literal('beat') }),
])
export type FromClient = z.output<typeof fromClient>

export type LiveEvent = { say: 'event'; topic: string; seq: number; kind: string; body: Record<string, unknown>; at: string }
export type Word = { say: 'word'; topic: string; kind: string; body: unknown; from: string }
export type Present = { say: 'present'; topic: string; people: { person: string; state: string }[] }
export type WhyCut = 'not_yours' | 'closed' | 'too_many'
export type WhyBye = 'server_ends' | 'signed_out' | 'token_expired' | 'restored' | 'too_many_sockets'
export type FromServer =
  | { say: 'hello'; epoch: string; now: string; beat: number; node: string }
  | { say: 'ready'; topic: string; seq: number }
  | LiveEvent
  | { say: 'reset'; topic: string; seq: number }
  | { say: 'cut'; topic: string; why: WhyCut }
  | Word
  | Present
  | { say: 'beat'; now: string; answers?: true }
  | { say: 'bye'; why: WhyBye; within: number }

export const limits = {
  topics: 200, // of one socket: a page shows some
  sockets: 30, // of one person on a node: tabs and devices; beyond it is a loop
  bytes: 64 * 1024, // of one message: a session description is some 10 kB
  burst: 60, // messages at once: a call sends its candidates so
  aSecond: 20,
  unsent: 256 * 1024, // bytes on one socket; beyond, it reads from the table when it has caught up
  most: 4 * 1024 * 1024, // unsent bytes, whatever they are; beyond, the socket is cut off
  silence: 45_000, // the other end is gone, whatever TCP thinks
  beat: 15_000,
  proof: 5 * 60_000, // after which it is asked whether the session still counts
}
