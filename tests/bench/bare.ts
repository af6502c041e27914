import pg from 'pg'

// The limit: nothing but `pg` between a loop and a row. `node bare.ts URL CONCURRENCY SECONDS read|write ID…`
const [url, concurrency, seconds, what, ...ids] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString: url, max: 10 })
const queries = {
  read: (n: number) => ({
    name: 'read',
    text: 'select id, title, body, kind, created_at from sample.notes where id = $1',
    values: [ids[n % ids.length]],
  }),
  write: (n: number) => ({
    name: 'write',
    text: 'insert into sample.notes (owner_id, title) values ($1, $2) returning id',
    values: [ids[n % ids.length], `bare ${process.pid} ${n}`],
  }),
}
const query = queries[what as 'read' | 'write']
for (let n = 0; n < 200; n++) await pool.query(query(n))

const cpu = process.cpuUsage()
let n = 200
const began = performance.now()
const until = began + Number(seconds) * 1_000
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    while (performance.now() < until) await pool.query(query(n++))
  }),
)
const { user, system } = process.cpuUsage(cpu)
console.log(JSON.stringify({ answered: n - 200, refused: 0, seconds: (performance.now() - began) / 1_000, cpu: (user + system) / 1_000 }))
await pool.end()
