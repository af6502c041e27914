import { Link, useNavigate } from '@tanstack/react-router'
import { listMyCases, writeCase } from '#domains/practice/api/authors.ts'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { PracticePage } from '../tabs.tsx'
import { Editor } from './editor.tsx'
import { template } from './template.ts'

export function NewCase() {
  const navigate = useNavigate()
  const act = useAct(by(writeCase), {
    refreshes: [listMyCases],
    onDone: ({ id }) => {
      say('Saved as a draft')
      void navigate({ to: `/practice/cases/${id}/edit`, replace: true })
    },
  })
  return (
    <PracticePage
      title="Write a case"
      above={<Link to="/practice/cases/mine">Cases I write or check</Link>}
      lead="A draft is read by nobody but you, and by those who are asked to check it. It comes into the library when a clinician has signed it."
    >
      <Editor text={template} act={act} submit="Save as a draft" />
    </PracticePage>
  )
}
