import './meter.css'

export type MeterProps = { label: string; value: number; max?: number; unit?: string }

/** How much of something there is: its name, a bar, the number. */
export const Meter = ({ label, value, max = 100, unit }: MeterProps) => {
  const says = unit ? `${value} ${unit}` : `${value}`
  return (
    <div className="meter">
      <span aria-hidden>{label}</span>
      <meter className="unseen" aria-label={label} aria-valuetext={says} value={value} min={0} max={max} />
      <div className="meter-bar" aria-hidden>
        <div className="meter-fill" style={{ width: `${(Math.min(Math.max(value, 0), max) / max) * 100}%` }} />
      </div>
      <span className="meter-value" aria-hidden>
        {says}
      </span>
    </div>
  )
}
