type Point = { points: number; most: number; marked_by: 'partner' | 'self' }

/** What a line shows, in a sentence. What partners said counts before what one said oneself, and is not mixed with it. */
export function saysOf(all: readonly Point[]): string {
  const partners = all.filter(({ marked_by }) => marked_by === 'partner')
  const [points, by] = partners.length > 1 ? [partners, 'by partners'] : [all, byOf(all)]
  const [first, last] = [shareOf(points[0]!), shareOf(points.at(-1)!)]
  const way =
    last > first
      ? `it rose from ${first} to ${last} % of the scale`
      : last < first
        ? `it fell from ${first} to ${last} % of the scale`
        : `it is at ${last} % of the scale, as at first`
  const times = points.length === 2 ? 'twice' : `${points.length} times`
  return `Marked ${times} ${by}: ${way}.`
}

const byOf = (points: readonly Point[]) =>
  points.every(({ marked_by }) => marked_by === 'self')
    ? 'by yourself'
    : points.every(({ marked_by }) => marked_by === 'partner')
      ? 'by partners'
      : 'by partners and yourself' // prettier-ignore

const shareOf = ({ points, most }: Point) => Math.round((100 * points) / most)
