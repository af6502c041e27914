import type { Finding } from '#domains/practice/cases/case-lint.ts'

/** What a machine can see is wrong: the rule, and where it is broken. Medicine is for people to check. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0)
    return <p className="finding-none">Everything a machine can check is in order. Medicine and charm are for people to check.</p>
  const byRule = [...Map.groupBy(findings, ({ rule }) => rule)]
  return (
    <dl className="findings">
      {byRule.map(([rule, found]) => (
        <div key={rule}>
          <dt>{sentence(rule)}</dt>
          {found.map(({ says }) => (
            <dd key={says}>{sentence(says)}</dd>
          ))}
        </div>
      ))}
    </dl>
  )
}

/** "3 things to mend" */
export const toMend = ({ length }: readonly Finding[]) =>
  length === 0 ? 'Nothing to mend' : length === 1 ? '1 thing to mend' : `${length} things to mend`

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
