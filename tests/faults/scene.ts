import { randomUUID } from 'node:crypto'
import { after, type TestContext } from 'node:test'
import { openNodes, type Node, type Nodes } from '#tests/nodes.ts'
import { tokenFor } from '#tests/server.ts'
import { faultsIn } from './history.ts'
import type { Follower } from './follower.ts'

// `npm run test:faults` does everything at length; whoever names a file (`npm test -- tests/faults/wires`), the same with less of it.
const full = process.env['FAULTS'] === 'full'
export const much = <T>(many: T, few: T): T => (full ? many : few)

export type Stage = Nodes & { somebody(): Promise<{ id: string; token: string }>; talk(...people: { id: string }[]): Promise<string> }

export async function openStage(settings: Record<string, string> = {}): Promise<Stage> {
  const nodes = await openNodes(settings)
  after(() => nodes.stop())
  return {
    ...nodes,
    async somebody() {
      const id = randomUUID()
      await nodes.sql.query('insert into auth.users (id, email) values ($1, $2)', [id, `${id}@example.test`])
      return { id, token: await tokenFor(nodes.keys, id, { session_id: randomUUID() }) }
    },
    async talk(...people) {
      const id = randomUUID()
      await nodes.sql.query('insert into sample.talks values ($1)', [id])
      await nodes.sql.query(`select private.open_topic($1, 'sample.talk', $2)`, [id, people.map((one) => one.id)])
      return id
    },
  }
}

/** A server that comes back under another address, as behind a name. */
export type Standing = { node: Node; address: () => string; again(signal: NodeJS.Signals): Promise<void> }
export async function stand(stage: Stage): Promise<Standing> {
  const standing: Standing = {
    node: await stage.start(),
    address: () => standing.node.address,
    async again(signal) {
      await stage.end(standing.node, signal)
      for (let tries = 0; ; tries++)
        try {
          standing.node = await stage.start()
          return
        } catch (error) {
          if (tries > 50) throw error // a database that is just starting lets no server start; whoever watches over it tries again
        }
    },
  }
  return standing
}

/** All that is wrong in what these listeners saw, once each has heard all there is. */
export async function wrongIn(stage: Stage, topic: string, acknowledged: string[], followers: Follower[]): Promise<string[]> {
  const { rows } = await stage.sql.query<{ seq: string; line: string | null }>(
    `select seq, body->>'line' as line from live.events where topic_id = $1 order by seq`,
    [topic],
  )
  const kept = rows.map(({ seq, line }): [number, string | undefined] => [Number(seq), line ?? undefined])
  const last = kept.at(-1)?.[0] ?? 0
  const late = performance.now() + 30_000
  while (followers.some(({ cursors }) => cursors.get(topic) !== last) && performance.now() < late)
    await new Promise((soon) => setTimeout(soon, 50))
  return followers.flatMap(({ seen }) => faultsIn({ acknowledged, kept, seen, topic }))
}

export const tell = (t: TestContext, what: string) => t.diagnostic(`fault: ${what}`)
