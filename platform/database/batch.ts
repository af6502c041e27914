import type { Connection, PoolClient, Submittable } from 'pg'
import { types } from './values.ts'

export type Statement = { text: string; values?: readonly unknown[] }
export type Row = Record<string, unknown>
export type Result = { rows: Row[]; changed: number }

// Several statements in one trip under one Sync: one implicit transaction, unless they open one themselves.
// `as` tells who will be acting when the statements run: a plan belongs to a role, and alternating roles under one
// statement name would plan anew each time (measured 2.3×), a name per role does not.
export async function send(client: PoolClient, as: string, statements: readonly Statement[], prepare = true): Promise<Result[]> {
  const batch = new Batch(as, statements, prepare)
  client.query(batch)
  return batch.results
}

// A plan that has gone stale (DDL changed its row, or a pooler lost it): the server knows before anything ran.
// Whoever opened the transaction may run it once more; the statement is prepared anew.
export const planIsStale = (error: unknown) => ['26000', '0A000'].includes((error as { code?: string }).code ?? '')

type Field = { name: string; dataTypeID: number; parse: (text: string) => unknown }
type Wire = Connection & {
  stream: { cork(): void; uncork(): void }
  parse(message: { name: string; text: string }): void
  bind(message: { statement: string; values: readonly unknown[]; valueMapper: (value: unknown) => unknown }): void
  describe(message: { type: 'P' | 'S'; name: string }): void
  execute(message: { portal: string; rows: number }): void
  close(message: { type: 'S'; name: string }): void
  sync(): void
}

// What one connection has prepared. `fields` are kept, so that a known statement is not described again.
type Prepared = { parsed: boolean; fields?: Field[] }
class Memory {
  prepared = new Map<string, Prepared>()
  parsing: (Prepared | undefined)[] = []

  forget() {
    for (const known of this.prepared.values()) {
      known.parsed = false
      delete known.fields
    }
  }
}
const memories = new WeakMap<Wire, Memory>()

class Batch implements Submittable {
  results: Promise<Result[]>
  #done!: (results: Result[]) => void
  #failed!: (error: Error) => void
  #results: Result[] = []
  #known: (Prepared | undefined)[] = []
  #fields: Field[] = []
  #rows: Row[] = []
  #memory = new Memory()
  #error: Error | undefined
  #as: string
  #statements: readonly Statement[]
  #prepare: boolean

  constructor(as: string, statements: readonly Statement[], prepare: boolean) {
    this.#as = as
    this.#statements = statements
    this.#prepare = prepare
    this.results = new Promise((done, failed) => {
      this.#done = done
      this.#failed = failed
    })
  }

  submit(connection: Connection): void {
    const wire = connection as Wire
    this.#memory = memoryOf(wire)
    this.#memory.parsing = []
    wire.stream.cork()
    try {
      for (const statement of this.#statements) this.#write(wire, statement)
    } finally {
      wire.sync()
      wire.stream.uncork()
    }
    this.#start()
  }

  #write(wire: Wire, { text, values = [] }: Statement): void {
    const name = this.#prepare ? nameOf(this.#as, text) : ''
    let known = name ? this.#memory.prepared.get(name) : undefined
    if (!known?.parsed) {
      if (known) wire.close({ type: 'S', name }) // half known after an error: closing what is not there is no error
      if (name) this.#memory.prepared.set(name, (known = { parsed: false }))
      this.#memory.parsing.push(known)
      wire.parse({ name, text })
    }
    wire.bind({ statement: name, values, valueMapper: wireValue })
    if (!known?.fields) wire.describe({ type: 'P', name: '' })
    wire.execute({ portal: '', rows: 0 })
    this.#known.push(known)
  }

  #start(): void {
    this.#rows = []
    this.#fields = this.#known[this.#results.length]?.fields ?? []
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    this.#fields = fields.map(({ name, dataTypeID }) => ({ name, dataTypeID, parse: types.getTypeParser(dataTypeID) }))
    const known = this.#known[this.#results.length]
    if (known) known.fields = this.#fields
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this.#error) return
    try {
      const row: Row = {}
      let at = 0
      for (const { name, parse } of this.#fields) {
        const text = fields[at++]
        row[name] = text == null ? null : parse(text)
      }
      this.#rows.push(row)
    } catch (error) {
      this.#error = error as Error
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const known = this.#known[this.#results.length]
    if (known) known.fields ??= []
    this.#results.push({ rows: this.#rows, changed: Number(/\d+$/.exec(text)?.[0] ?? 0) })
    this.#start()
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' })
  }

  // Only here is it known that it happened: a deferred constraint fails after the last CommandComplete.
  handleReadyForQuery(): void {
    if (this.#error) this.#failed(this.#error)
    else this.#done(this.#results)
  }

  handleError(error: Error): void {
    if (planIsStale(error)) this.#memory.forget()
    this.#failed(error)
  }

  handlePortalSuspended(): void {
    throw new Error('a portal was suspended, yet every row was asked for')
  }
  handleCopyInResponse(): void {
    throw new Error('COPY does not go through a batch')
  }
  handleCopyData(): void {
    throw new Error('COPY does not go through a batch')
  }
}

// The pg client tells a query nothing of ParseComplete, but whether a statement that failed had been parsed
// decides whether it may be parsed again.
function memoryOf(wire: Wire): Memory {
  let memory = memories.get(wire)
  if (!memory) {
    const made = (memory = new Memory())
    memories.set(wire, made)
    wire.on('parseComplete', () => {
      const known = made.parsing.shift()
      if (known) known.parsed = true
    })
  }
  return memory
}

// One name per role and text, counted rather than hashed: it costs a look-up and cannot collide. Texts are written
// in code, but a list's length can vary one (`in ($1, $2 …)`), hence the bound; beyond it statements go unnamed.
type Names = Map<string, string>
const names = new Map<string, Names>()
const mostNames = 2_000
let count = 0

function nameOf(as: string, text: string): string {
  const ofRole: Names = names.get(as) ?? new Map<string, string>()
  names.set(as, ofRole)
  const name = ofRole.get(text)
  if (name !== undefined) return name
  if (count >= mostNames) return ''
  const made = `${as}_${++count}`
  ofRole.set(text, made)
  return made
}

function wireValue(value: unknown): unknown {
  if (value == null || typeof value === 'string' || Buffer.isBuffer(value)) return value ?? null
  if (Array.isArray(value)) return arrayText(value)
  if (typeof value === 'object') return JSON.stringify(value)
  return `${value as number}`
}

const arrayText = (items: readonly unknown[]): string => `{${items.map(itemText).join()}}`
const itemText = (item: unknown): string =>
  item == null ? 'NULL' : Array.isArray(item) ? arrayText(item) : `"${String(wireValue(item)).replace(/["\\]/g, '\\$&')}"`
