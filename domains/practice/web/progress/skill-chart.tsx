import type { readProgress } from '#domains/practice/api/progress.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Chart } from '#platform/web/parts/chart.tsx'
import { saysOf } from './says.ts'

export type Mark = OutputOf<typeof readProgress>['marks'][number]
/** A mark with its place on a scale. */
export type Point = Mark & { points: number; most: number }

/** One skill over time: a sentence, the picture, the numbers. Formats have scales of different lengths, so it is drawn in per cent. */
export function SkillChart({ title, points }: { title: string; points: readonly Point[] }) {
  const by = (who: Point['marked_by']) => points.map((point) => (point.marked_by === who ? share(point) : null))
  const series = [
    { label: 'Marked by partners', values: by('partner') },
    { label: 'Marked by yourself', values: by('self') },
  ].filter(({ values }) => values.some((value) => value !== null))
  return (
    <Chart
      title={title}
      says={saysOf(points)}
      unit="% of the scale"
      at={points.map(({ began_at }) => began_at)}
      series={series}
      from={0}
      to={100}
      bridged
    />
  )
}

const share = ({ points, most }: Point) => Math.round((100 * points) / most)
