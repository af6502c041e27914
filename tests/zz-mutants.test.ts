import { test } from 'node:test'
import { matrix, readCells, setScenes } from './matrix.ts'
import { plantable } from './planted.ts'
import { readWritten } from './rules.ts'

const { owner, planted } = await plantable({ demo: true })
const cells = await readCells()
const rules = await readWritten()
const scenes = await setScenes(owner, cells)
const domain = process.env['DOMAIN'] ?? 'mentoring'

// every sub-expression of a condition: spans of text
function spans(text: string, from = 0, to = text.length): [number, number][] {
  const out: [number, number][] = []
  // strip outer parens
  let a = from, z = to
  const trim = () => { while (a < z && text[a] === ' ') a++; while (z > a && text[z - 1] === ' ') z-- }
  trim()
  const matching = (at: number) => { let d = 0; for (let i = at; i < z; i++) { if (text[i] === "'") { i = text.indexOf("'", i + 1); continue } if (text[i] === '(') d++; if (text[i] === ')' && --d === 0) return i } return -1 }
  out.push([a, z])
  while (text[a] === '(' && matching(a) === z - 1) { a++; z--; trim() }
  // top-level AND / OR
  const cuts: [number, number][] = []
  let d = 0
  let between = false
  for (let i = a; i < z; i++) {
    if (text[i] === "'") { i = text.indexOf("'", i + 1); continue }
    if (text[i] === '(') d++
    if (text[i] === ')') d--
    if (d === 0) { const m = /^ (AND|OR) /.exec(text.slice(i, i + 5)); if (m) { cuts.push([i, i + m[0].length]) } }
  }
  void between
  if (cuts.length > 0) {
    let s = a
    for (const [c, e] of [...cuts, [z, z] as [number, number]]) { out.push(...spans(text, s, c)); s = e }
    return out
  }
  const ex = /^(NOT )?\(?(EXISTS )?\(\s*SELECT[\s\S]*?WHERE /.exec(text.slice(a, z))
  if (ex && text.slice(a, z).includes('EXISTS')) {
    const w = a + ex[0].length
    // until closing of the select's paren
    let depth = 0, end = z
    for (let i = w; i < z; i++) { if (text[i] === '(') depth++; if (text[i] === ')') { if (depth === 0) { end = i; break } depth-- } }
    out.push(...spans(text, w, end))
  }
  return out
}

test('mutants', { timeout: 1_200_000 }, async () => {
  console.log('scenes', scenes)
  const { rows } = await owner.query<{ t: string; name: string; cmd: string; qual: string | null; chk: string | null; roles: string }>(
    `select schemaname || '.' || tablename as t, policyname as name, cmd, qual, with_check as chk, roles::text from pg_policies where schemaname = $1 and not 'service_role' = any(roles) order by 1, 2`, [domain])
  let found = 0, all = 0
  const survivors: string[] = []
  const bad: string[] = []
  const base = await planted('', async () => { const m = new Map<string, string[]>(); for (const t of new Set(rows.map((r) => r.t))) m.set(t, (await matrix(owner, cells, rules, t)).findings); return m })
  for (const [t, f] of base) if (f.length) console.log('BASE', t, f)
  for (const { t, name, qual, chk, roles } of rows) {
    for (const [kind, expr] of [['using', qual], ['with check', chk]] as const) {
      if (!expr) continue
      const seen = new Set<string>()
      for (const [a, z] of spans(expr)) for (const by of ['true', 'false']) {
        const mutant = expr.slice(0, a) + by + expr.slice(z)
        if (seen.has(mutant) || mutant === expr) continue
        seen.add(mutant)
        all++
        const say = `${t} "${name}" ${roles} ${kind}: ${expr.slice(a, z).replace(/\s+/g, ' ')} -> ${by}`
        try {
          const { findings } = await planted(`alter policy "${name}" on ${t} ${kind} (${mutant})`, () => matrix(owner, cells, rules, t))
          if (findings.length > (base.get(t)!.length)) found++
          else survivors.push(say)
        } catch (error) { bad.push(`${say}: ${(error as Error).message}`) }
      }
    }
  }
  console.log(`${found} of ${all} found; ${bad.length} could not be tried`)
  console.log(survivors.join('\n'))
  console.log('BAD', bad.join('\n'))
})
