import assert from 'node:assert/strict'
import { test } from 'node:test'
import { statements } from '../statements.ts'

const bare = (sql: string) => statements(sql, 'x.sql').map((statement) => statement.bare)

test('a file is cut at its semicolons', () => {
  assert.deepEqual(bare('create schema a;\ncreate schema b;\n'), ['create schema a', 'create schema b'])
  assert.deepEqual(bare(';;'), [])
  assert.deepEqual(bare(''), [])
})

test('a semicolon inside quotes cuts nothing', () => {
  for (const quoted of [
    `'a;b'`,
    `'it''s; fine'`,
    `'a backslash \\'`,
    `E'a quote \\'; and on'`,
    `e'twice '' ; \\\\'`,
    `E'goes on'\n  'in the next \\'; line'`,
    `"a;name"`,
    `"a ""quoted;"" name"`,
    `$$ one; two $$`,
    `$body$ one; $$ two; $$ $body$`,
    `$é1$ ; $é1$`,
    `U&'\\0441;'`,
  ])
    assert.deepEqual(bare(`select ${quoted}; select 2;`), [`select ${quoted}`, 'select 2'], quoted)
})

test('a word does not open a quote: neither an E at its end nor a dollar inside it', () => {
  assert.deepEqual(bare(`select * from file'\\'; select 2;`), [`select * from file'\\'`, 'select 2'])
  assert.deepEqual(bare('select a$1$b; select c$1$d;'), ['select a$1$b', 'select c$1$d'])
  assert.deepEqual(bare('select $1; select $1;'), ['select $1', 'select $1'])
})

test('a semicolon inside a comment cuts nothing, and comments nest', () => {
  assert.deepEqual(bare(`select 1 -- one; it's two\n + 2; select 3;`), ['select 1 + 2', 'select 3'])
  assert.deepEqual(bare(`select /* a; /* b; */ it's "c; */ 1; select 2;`), ['select 1', 'select 2'])
  assert.deepEqual(bare(`select '/*'; select '*/';`), [`select '/*'`, `select '*/'`])
  assert.deepEqual(bare(`select '--;'; select 2;`), [`select '--;'`, 'select 2'])
})

test('a comment stays with the statement it leads to, or that it follows on the same line', () => {
  const sql = `-- why a\ncreate schema a;   -- and how\n\n/* why b */\ncreate schema b;\n-- the end`
  assert.deepEqual(
    statements(sql, 'x.sql').map(({ text, line }) => ({ text, line })),
    [
      { text: '-- why a\ncreate schema a;   -- and how', line: 2 },
      { text: '/* why b */\ncreate schema b;', line: 5 },
    ],
  )
})

test('what is left without comments and line breaks does not change when only those do', () => {
  assert.deepEqual(bare('-- a\ncreate   table x (\n  a int, -- b\n  b int\n);'), bare('create table x ( a int, /* c */ b int );'))
  assert.notDeepEqual(bare(`select 'a  b';`), bare(`select 'a b';`))
})

test('nothing that could be cut wrongly is cut at all', () => {
  const refuses = (sql: string, reason: RegExp) => assert.throws(() => statements(sql, 'x.sql'), reason)
  refuses('select 1;\nselect 2', /^Error: x\.sql, line 2: .*a ; is missing/)
  refuses(`select 1;\n\nselect 'two;`, /line 3: a quote is opened and never closed/)
  refuses(`select "two;`, /a quote is opened and never closed/)
  refuses('select $a$ two; $b$;', /a quote is opened and never closed/)
  refuses('select /* one /* two */;', /a comment is opened and never closed/)
  refuses(
    'create function f() returns int\nlanguage sql begin /* really */ ATOMIC select 1; end;',
    /x\.sql, line 2: "begin atomic" is not supported/,
  )
})
