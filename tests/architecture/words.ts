import type { File } from './tree.ts'

// What no file may say, and what to say instead.

export const wordFindings = (file: File): string[] =>
  words
    .filter(({ within }) => within(file.file))
    .flatMap(({ word, says }) =>
      [...file.text.matchAll(word)].map(({ 0: found, index }) => {
        const line = file.text.slice(0, index).split('\n').length
        return `${file.file}, line ${line}: "${found.trim().split('\n')[0]}" ${says}`
      }),
    )

const everywhere = () => true
const inCode = (file: string) => /\.(?:ts|tsx|mjs|js)$/.test(file)
const inTests = (file: string) => /\.(?:test|e2e)\.ts$/.test(file)
const shipped = (file: string) => /^(?:app|domains|platform)\//.test(file) && !file.includes('/tests/')

// SQL with a gap for something else. Each of these fills it with text of our own, and says whose.
const buildsSql: Record<string, string> = {
  'platform/database/acting.ts': 'its own constants',
  'platform/database/conversation.ts': 'names of functions and arguments, which it checks to be names',
  'platform/database/logins.ts': 'names of roles and attributes, its own constants; a password verifier, escaped',
  'platform/database/migrate.ts': 'the migration files, which are SQL; the record of them, escaped',
  'platform/database/print.ts': 'its own constants',
}
const statement =
  'select\\s|insert\\s+into|update\\s+\\S+\\s+set|delete\\s+from|merge\\s+into|with\\s+\\w+\\s+as|create\\s+(?:role|table|database|schema|index|function|policy)|alter\\s+(?:role|table|database)|drop\\s+\\w+\\s|grant\\s+\\S+\\s+(?:on|to)|revoke\\s|set\\s+(?:local|session)\\s|listen\\s|notify\\s|copy\\s+\\S+\\s+(?:to|from)|call\\s+\\w+\\.|lock\\s+table|truncate\\s'

const words: { word: RegExp; says: string; within: (file: string) => boolean }[] = [
  {
    word: /\.(?:selectAll|returningAll)\(/g,
    says: 'asks for columns that are not granted, or not yet there: name them',
    within: inCode,
  },
  {
    word: /from ['"]zod(?!\/mini['"])[^'"]*['"]/g,
    says: 'costs a page 90 kB: import * as z from zod/mini',
    within: inCode,
  },
  {
    word: /\.(?:only|skip|todo)\(|\b(?:only|skip|todo):\s*(?:true|['"`])/g,
    says: 'leaves tests out: run them all, or delete them',
    within: inTests,
  },
  {
    word: new RegExp(
      `sql\\.(?:raw|lit)\\(|(?<!\\bsql(?:<[^\`]*>)?)\`\\s*(?:${statement})[^\`]*\\$\\{|(['"])(?:${statement})[^'"\\n]*\\1\\s*\\+`,
      'gi',
    ),
    says: 'builds SQL as text: let values travel apart ($1, or the sql`` tag); if no input can reach it, say so in tests/architecture/words.ts',
    within: (file) => shipped(file) && !(file in buildsSql),
  },
  {
    word: /\bTemporal\.\w+/g,
    says: 'reckons with clocks: platform/scheduling/time.ts is where a clock becomes an instant, by one rule',
    within: (file) => shipped(file) && file !== 'platform/scheduling/time.ts',
  },
  {
    word: /\/(?:work|root)\/\w|\/home\/(?!<)\w+/g,
    says: 'is a path of one machine',
    within: everywhere,
  },
]

/** Exceptions that nothing needs any more. */
export const staleExceptions = (files: readonly File[]): string[] =>
  Object.keys(buildsSql).filter((name) => !files.some(({ file }) => file === name))
