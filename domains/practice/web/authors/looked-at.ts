import { type CaseFile, NotACase, parseCase } from '#domains/practice/cases/case-file.ts'
import { type Finding, type House, lintCase } from '#domains/practice/cases/case-lint.ts'

/** What a text says as a case, or why it is none yet; and what its players would stumble over. */
export type LookedAt = { file: CaseFile; findings: Finding[] } | { file?: never; line: number; says: string }

export function lookAt(text: string, house: House): LookedAt {
  try {
    const file = parseCase(text)
    return { file, findings: lintCase(file, house) }
  } catch (error) {
    if (!(error instanceof NotACase)) throw error
    return { line: error.line, says: error.message.replace(/^line \d+: /, '') }
  }
}
