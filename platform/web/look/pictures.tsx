import { Chart } from '../parts/chart.tsx'
import { Meter } from '../parts/meter.tsx'
import { Section } from '../parts/section.tsx'

const days = Array.from({ length: 14 }, (_, day) => new Date(Date.UTC(2026, 10, 1 + day, 7)).toISOString())
const readings = [
  {
    label: 'Systolic',
    values: [148, 151, 146, 149, 144, 146, 141, 143, 139, 142, 138, 141, 136, 137],
  },
  { label: 'Diastolic', values: [92, 94, 90, 91, 90, 88, 87, 88, 86, 87, 85, 86, 84, 85] },
]

export function Pictures() {
  return (
    <Section title="Numbers">
      <div className="look-two">
        <div>
          <Meter label="Gathering" value={82} />
          <Meter label="Management" value={64} />
          <Meter label="Interpersonal" value={71} />
        </div>
      </div>
      <Chart
        title="Blood pressure at home"
        says="Over two weeks the upper reading fell from 148 to 137 mmHg; it was above what was agreed on every day."
        unit="mmHg"
        at={days}
        series={readings}
        band={{ label: 'As agreed', from: 90, to: 135 }}
        from={60}
        to={160}
      />
    </Section>
  )
}
