import { Link } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { listDomains } from '#domains/practice/api/library.ts'
import { readProgress } from '#domains/practice/api/progress.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { useRead } from '#platform/web/read.ts'
import { Estimate } from '../estimate.tsx'
import { Ways } from '../results/ways.tsx'
import { PracticePage } from '../tabs.tsx'
import { WhatNext } from './next.tsx'
import { SkillChart, type Mark, type Point } from './skill-chart.tsx'
import './progress.css'

export function Progress() {
  return (
    <PracticePage title="Progress" lead="How your stations were marked, and what to practise next.">
      <Ways />
      <Getting />
      <Estimate />
    </PracticePage>
  )
}

function Getting() {
  const { marks, next, as_patient } = useRead(readProgress, {})
  if (marks.length === 0 && !as_patient) return <Nothing />
  return (
    <>
      {next.length > 0 && (
        <Section title="What to practise next">
          <WhatNext next={next} />
        </Section>
      )}
      {marks.length > 0 && <OverTime marks={marks} />}
      {as_patient && (
        <Section title="As the patient">
          <p>
            {as_patient.times === 1 ? 'One partner has' : `${as_patient.times} stations were`} rated: {as_patient.mean.toFixed(1)} of 5 for
            how you played the patient.
          </p>
        </Section>
      )}
    </>
  )
}

const Nothing = () => (
  <Empty
    action={
      <Button variant="default" component={Link} to="/practice">
        Find a partner
      </Button>
    }
  >
    Nothing is marked yet. After your first station as the candidate you see here how each skill comes along, and what to practise next.
  </Empty>
)

/** A line needs two points; what was marked once is said in a sentence. */
function OverTime({ marks }: { marks: readonly Mark[] }) {
  const { items } = useRead(listDomains, {})
  const skills = [...Map.groupBy(marks.filter(isPlaced), ({ domain }) => domain ?? '')].map(([key, points]) => ({
    key,
    title: key === '' ? 'Overall' : (items.find((one) => one.key === key)?.name ?? key),
    points,
  }))
  const ordered = skills.sort((a, b) => (a.key === '' ? -1 : b.key === '' ? 1 : a.title.localeCompare(b.title)))
  const once = ordered.filter(({ points, key }) => points.length === 1 && key !== '')
  return (
    <Section title="Skill by skill" lead="0 % is the lowest word of a scale, 100 % the highest. What you marked yourself has its own line.">
      <div className="progress-charts">
        {ordered
          .filter(({ points }) => points.length > 1)
          .map(({ key, title, points }) => (
            <SkillChart key={key} title={title} points={points} />
          ))}
      </div>
      {once.length > 0 && (
        <p className="progress-once">
          Marked once so far:{' '}
          {once.map(({ title, points: [point] }) => `${title}, at ${Math.round((100 * point!.points) / point!.most)} %`).join('; ')}. A line
          takes two.
        </p>
      )}
    </Section>
  )
}

const isPlaced = (mark: Mark): mark is Point => mark.points !== null && mark.most !== null && mark.most > 0
