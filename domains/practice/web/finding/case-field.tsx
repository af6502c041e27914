import { Link, useSearch } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { ChoiceField } from '#platform/web/parts/fields.tsx'
import { read } from '#platform/web/read.ts'
import { seeCase } from '../../api/library.ts'

/** A surprise, unless somebody chose a case in the library before they came here: `?case=`. */
export function CaseField() {
  const { case: asked } = useSearch({ strict: false }) as { case?: unknown }
  const id = typeof asked === 'string' ? asked : ''
  const { data: chosen } = useQuery({ ...read(seeCase, { id }), enabled: id !== '' }) // one that is gone is no fault of this page
  if (!chosen?.published)
    return (
      <p className="offer-case">
        The case is a surprise, rather one that neither of you has opened. <Link to="/practice/cases">Choose one from the library</Link>
      </p>
    )
  return (
    <ChoiceField
      key={id}
      name="case_id"
      label="Case"
      choices={[
        { value: id, label: chosen.case_name },
        { value: '', label: 'A surprise' },
      ]}
      optional
    />
  )
}
