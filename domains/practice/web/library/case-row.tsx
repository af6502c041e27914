import { Link } from '@tanstack/react-router'
import { listDomains, type listCases } from '#domains/practice/api/library.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { useRead } from '#platform/web/read.ts'
import { levels } from '../words.ts'

/** A case in the list: nothing that gives it away. */
export function CaseRow({
  id,
  case_name,
  category,
  domain,
  level,
  content_note,
  review,
  opened,
}: OutputOf<typeof listCases>['items'][number]) {
  return (
    <Link to={`/practice/cases/${id}`} className="case-row">
      <span className="case-row-what">
        <span className="case-name">{case_name}</span>
        <span className="case-says">
          <What category={category} skill={domain} level={level} />
        </span>
        {content_note && <span className="case-row-note">May distress: {content_note}</span>}
      </span>
      <span className="case-row-states">
        {opened && <span className="case-state">You know it</span>}
        <span className="case-state" data-is={review ? 'reviewed' : undefined}>
          {review ? 'Clinically reviewed' : 'Not clinically reviewed'}
        </span>
      </span>
    </Link>
  )
}

/** "Emergencies · Safety · Students", and nothing twice. */
export function What({ category, skill, level }: { category: string; skill: string; level: keyof typeof levels }) {
  const { items } = useRead(listDomains, {})
  const name = items.find(({ key }) => key === skill)?.name ?? skill
  return (
    <span className="case-what">
      {[category, name, levels[level]].map((said, at, all) => all.indexOf(said) === at && <span key={said}>{said}</span>)}
    </span>
  )
}

export function SkillName({ skill }: { skill: string }) {
  const { items } = useRead(listDomains, {})
  return items.find(({ key }) => key === skill)?.name ?? skill
}
