import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

// What no catalogue shows: how the migrations are written.

/** The findings in all SQL of these folders. */
export const textFindings = (folders: readonly string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.sql'))
      .flatMap((name) => findingsIn(readFileSync(path.join(folder, name), 'utf8'), name)),
  )

export function findingsIn(sql: string, file: string): string[] {
  const text = sql.replace(/--[^\n]*/g, '').replace(/\/\*[^]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
  return forms.flatMap(([pattern, says]) =>
    [...text.matchAll(new RegExp(pattern, 'gi'))].map(
      ({ 0: form, index }) => `${file}, line ${text.slice(0, index).split('\n').length}: "${form.replace(/\s+/g, ' ')}" ${says}`,
    ),
  )
}

// PostgreSQL 15 refuses a statement it does not know, but looks into a function's body only when somebody calls it.
const since = (version: 16 | 17 | 18) => `is new in PostgreSQL ${version}, and we run on 15 too: write it as 15 knows it`

const forms: [pattern: RegExp, says: string][] = [
  [/\bgrant\s+all\b/, 'grants what no policy limits too: name select, insert, update or delete'],
  [/\bto\s+public\b/, 'means everybody, now and later: name the roles'],
  [/\buuidv[47]\s*\(/, since(18)],
  [/\)\s*virtual\b/, since(18)],
  [/\bwithout\s+overlaps\b|\bnot\s+enforced\b/, since(18)],
  [/\breturning\b(?:(?!\binto\b)[^;])*\b(?:old|new)\./, since(18)],
  [/\b(?:array_sort|array_reverse|casefold|crc32c?)\s*\(/, since(18)],
  [/\bmerge\s+into\b[^;]*\breturning\b/, since(17)],
  [/\bjson_(?:table|exists|query|value|scalar|serialize)\s*\(/, since(17)],
  [/\btransaction_timeout\b|\bat\s+local\b/, since(17)],
  [/\brandom\s*\(\s*[^)\s]|\b(?:to_bin|to_oct)\s*\(/, since(17)],
  [
    /\b(?:any_value|array_sample|array_shuffle|random_normal|date_add|date_subtract|pg_input_is_valid|json_arrayagg|json_objectagg)\s*\(/,
    since(16),
  ],
  [/\bis\s+(?:not\s+)?json\b|\bsystem_user\b|(?<![\w$'.])\d+_\d+/, since(16)],
]
