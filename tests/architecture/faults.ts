// What somebody might write one evening. This file alone may say such things.

const down = 'the platform knows no domain and no app; move the idea down, or compose the two in app/'
const aside = 'a domain knows the platform and itself; what two share moves down as an idea, or is composed in app/'

export const crooked: [file: string, text: string, says: string][] = [
  ['platform/jobs/a.ts', `import { x } from '#domains/care/x.ts'`, `platform/jobs/a.ts imports #domains/care/x.ts: ${down}`],
  ['platform/jobs/a.ts', `const x = await import('#app/x.ts')`, `platform/jobs/a.ts imports #app/x.ts: ${down}`],
  [
    'domains/care/a.ts',
    `import type {\n  X,\n} from '#domains/speaking/x.ts'`,
    `domains/care/a.ts imports #domains/speaking/x.ts: ${aside}`,
  ],
  ['domains/care/web/a.tsx', `export * from '#app/x.ts'`, `domains/care/web/a.tsx imports #app/x.ts: ${aside}`],
  ['app/a.ts', `import '#tests/x.ts'`, 'app/a.ts imports #tests/x.ts: what is shipped knows neither tests nor scripts'],
  [
    'platform/jobs/a.ts',
    `import { x } from '../database/x.ts'`,
    `platform/jobs/a.ts reaches ../database/x.ts by a path that leaves platform/jobs: write '#platform/database/x.ts', so that the arrow shows`,
  ],
  [
    'app/a.ts',
    `new Worker(new URL('../platform/x.ts', import.meta.url))`,
    `app/a.ts reaches ../platform/x.ts by a path that leaves app: write '#platform/x.ts', so that the arrow shows`,
  ],
]

export const straight = `
import './b.ts'
import * as z from 'zod/mini'
import manifest from '../package.json' with { type: 'json' }
// import '#app/x.ts'
import { x } from '#platform/x/y.ts'`

export const illSpoken: [file: string, text: string, found: string][] = [
  ['app/a.ts', `db.selectFrom('care.links').selectAll()`, '.selectAll('],
  ['app/a.ts', `db.insertInto('care.links').values(x).returningAll()`, '.returningAll('],
  ['app/a.ts', `import { z } from 'zod'`, `from 'zod'`],
  ['app/tests/a.test.ts', `test.only('one', () => {})`, '.only('],
  ['app/tests/a.test.ts', `test('one', { skip: true }, () => {})`, 'skip: true'],
  ['platform/a/b.ts', 'sql.raw(order)', 'sql.raw('],
  ['platform/a/b.ts', '`select * from t where name = ${name}`', '`select * from t where name = ${'],
  ['platform/a/b.ts', `'delete from t where id = ' + id`, `'delete from t where id = ' +`],
  ['domains/care/a.ts', `Temporal.PlainTime.from('09:00')`, 'Temporal.PlainTime'],
  ['docs/a.md', 'see /home/ada/notes', '/home/ada'],
]

export const wellSpoken = `
sql<Row>\`select * from t where name = \${name}\`
sql\`delete from t where id = \${id}\`
client.query('select * from t where name = $1', [name])`
