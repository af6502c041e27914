import { lazy, Suspense, useId } from 'react'
import { moment } from './times.ts'
import './chart.css'

export type ChartProps = {
  title: string
  /** What it shows, in a sentence: for many the only thing they want. */
  says: string
  /** Always. */
  unit: string
  /** When each value was, first to last. */
  at: readonly string[]
  series: readonly Series[]
  /** Where values are meant to lie. */
  band?: { label: string; from: number; to: number }
  /** Where the axis starts and ends, where honesty demands more than the values do. */
  from?: number
  to?: number
  /** Its series have their values at different moments: each line goes on over those at which it has none. */
  bridged?: boolean
}
export type Series = { label: string; values: readonly (number | null)[] }

/** A sentence, then the picture, then the numbers for those who want them. */
export function Chart(props: ChartProps) {
  const { title, says, unit, at, series, band } = props
  const heading = useId()
  return (
    <figure className="chart" aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      <p>{says}</p>
      <div className="chart-picture" aria-hidden>
        <Suspense>
          <Picture {...props} />
        </Suspense>
      </div>
      <figcaption className="chart-names">
        {series.map(({ label }, index) => (
          <span key={label} className="chart-name" data-line={index % 3}>
            {label}, {unit}
          </span>
        ))}
        {band && (
          <span className="chart-name" data-line="band">
            {band.label}, {band.from} to {band.to} {unit}
          </span>
        )}
      </figcaption>
      <details>
        <summary>The numbers</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              {series.map(({ label }) => (
                <th key={label} scope="col">
                  {label}, {unit}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {at.map((when, index) => (
              <tr key={when}>
                <th scope="row">{moment(when, 'long')}</th>
                {series.map(({ label, values }) => (
                  <td key={label}>{values[index] ?? 'none'}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

const Picture = lazy(async () => ({ default: (await import('./chart-picture.tsx')).ChartPicture }))
