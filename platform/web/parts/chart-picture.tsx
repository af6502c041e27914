import { useEffect, useRef } from 'react'
import { useComputedColorScheme } from '@mantine/core'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { ChartProps } from './chart.tsx'

/** The lines, drawn on a canvas as wide as its place. Told apart by their dashes, too. */
export function ChartPicture({ at, series, band, from, to, bridged = false }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const scheme = useComputedColorScheme()
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the scheme is read from the style sheet
  useEffect(() => {
    const element = place.current!
    const [ink, quiet, line, wash, brand, second, third] = ['ink', 'quiet', 'line', 'brand-wash', 'brand', 'speaking', 'mentoring'].map(
      (name) => colourOf(element, name),
    )
    const axis = { stroke: quiet!, font: '13px "Figtree Variable"', grid: { stroke: line!, width: 1 }, ticks: { show: false } }
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: { show: false },
        scales: {
          y: { range: (_plot, min, max) => [from ?? Math.min(min, band?.from ?? min) - 5, to ?? Math.max(max, band?.to ?? max) + 5] },
        },
        axes: [
          { ...axis, grid: { show: false }, space: 80, values: stamps },
          { ...axis, size: 44 },
        ],
        series: [
          {},
          ...series.map(({ label }, index) => ({
            label,
            stroke: [brand, second, third][index % 3] ?? ink!,
            width: 2,
            spanGaps: bridged,
            dash: dashes[index % 3]!,
            points: { show: true, size: 7, fill: [brand, second, third][index % 3] ?? ink! },
          })),
        ],
        hooks: { drawClear: [(plot) => band && shade(plot, band, wash!)] },
      },
      [at.map((when) => new Date(when).getTime() / 1_000), ...series.map(({ values }) => [...values])],
      element,
    )
    const watch = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      plot.destroy()
    }
  }, [at, series, band, from, to, bridged, scheme])
  return <div ref={place} />
}
const height = 240
// By days; what happened within one, by its hours, and the day once below. As uPlot has it: from which step on, the stamp, what is added
// where a year, a month, a day begins.
const stamps = [
  [86_400, '{D} {MMM}', null, null, null, null, null, null, 1],
  [0, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
]
const dashes = [[], [8, 5], [2, 4]]

function shade({ ctx, bbox, valToPos }: uPlot, band: { from: number; to: number }, colour: string): void {
  const top = valToPos(band.to, 'y', true)
  ctx.fillStyle = colour
  ctx.fillRect(bbox.left, top, bbox.width, valToPos(band.from, 'y', true) - top)
}

// A canvas does not know variables.
function colourOf(element: HTMLElement, name: string): string {
  element.style.color = `var(--${name})`
  return getComputedStyle(element).color
}
