/** What was marked of one skill in one round of somebody's; without a skill it is the global rating. */
export type Mark = {
  session_id: string
  round: number
  began_at: string
  marked_by: 'partner' | 'self'
  domain: string | null
  /** The place on a scale that ends at `most`; null: the skill is on the checklist only. */
  points: number | null
  most: number | null
  /** Lines of the checklist that are critical for safety, and how many of them were left out. */
  critical: number
  missed: number
}

/** What to practise next, and the numbers of the reason. */
export type Next =
  /** In so many of the last rounds that had such a line, one that is critical for safety was left out. */
  | { why: 'safety'; domain: string; rounds: number; of: number }
  /** The lowest of the skills over its last marks, as a part of the scale from 0 to 1. */
  | { why: 'low'; domain: string; share: number; of: number }
  /** Never marked. */
  | { why: 'new'; domain: string }

// Five stations are about what somebody remembers, and a mistake mended longer ago is mended. Of a skill the last three marks; one mark
// is an evening, not a weakness. Two thirds of a scale of four is its third word.
const [lastRounds, lastMarks, fewestMarks, goodEnough, mostAtOnce] = [5, 3, 2, 2 / 3, 3]

/** Safety before skill, skill before what is new; three at most, each skill once. Nothing where nothing was marked. */
export function whatNext(marks: readonly Mark[], skills: readonly string[]): Next[] {
  const rounds = [...Map.groupBy(marks, ({ session_id, round }) => `${session_id} ${round}`).values()]
    .sort(([a], [b]) => (a!.began_at < b!.began_at ? 1 : -1))
    .slice(0, lastRounds)
  if (rounds.length === 0) return []
  const found = [...unsafe(rounds.flat()), ...low(marks), ...unmarked(marks, skills)]
  return found.filter(({ domain }, index) => found.findIndex((earlier) => earlier.domain === domain) === index).slice(0, mostAtOnce)
}

function unsafe(latest: readonly Mark[]): Next[] {
  return [...bySkill(latest)]
    .map(([domain, marks]) => {
      const had = marks.filter(({ critical }) => critical > 0)
      return { why: 'safety' as const, domain, rounds: had.filter(({ missed }) => missed > 0).length, of: had.length }
    })
    .filter(({ rounds }) => rounds > 0)
    .sort((a, b) => b.rounds - a.rounds || a.of - b.of || a.domain.localeCompare(b.domain))
}

function low(marks: readonly Mark[]): Next[] {
  return [...bySkill(marks)]
    .map(([domain, all]) => {
      const shares = all
        .filter(({ points, most }) => points !== null && most)
        .sort((a, b) => (a.began_at < b.began_at ? 1 : -1))
        .slice(0, lastMarks)
        .map(({ points, most }) => points! / most!) // prettier-ignore
      return { why: 'low' as const, domain, share: shares.reduce((sum, share) => sum + share, 0) / shares.length, of: shares.length }
    })
    .filter(({ share, of }) => of >= fewestMarks && share < goodEnough - 1e-9)
    .sort((a, b) => a.share - b.share || a.domain.localeCompare(b.domain))
}

function unmarked(marks: readonly Mark[], skills: readonly string[]): Next[] {
  const known = new Set(marks.map(({ domain }) => domain))
  return skills.filter((skill) => !known.has(skill)).map((domain) => ({ why: 'new', domain }))
}

const bySkill = (marks: readonly Mark[]) =>
  Map.groupBy(
    marks.filter((mark): mark is Mark & { domain: string } => mark.domain !== null),
    ({ domain }) => domain,
  )
