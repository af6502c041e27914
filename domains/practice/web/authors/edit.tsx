import { useState } from 'react'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { listCaseVersions, listMyCases, readCaseInWork, rewriteCase } from '#domains/practice/api/authors.ts'
import { seeCase } from '#domains/practice/api/library.ts'
import { call } from '#platform/operations/call.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { useAct, useRead } from '#platform/web/read.ts'
import { IfThere } from '../library/if-there.tsx'
import { PracticePage } from '../tabs.tsx'
import { Editor } from './editor.tsx'

export function EditCase() {
  const { id } = useParams({ strict: false }) as { id: string }
  return (
    <IfThere>
      <PracticePage title="Rewrite a case" above={<Link to={`/practice/cases/${id}/whole`}>Back to the case</Link>}>
        <Draft id={id} />
      </PracticePage>
    </IfThere>
  )
}

function Draft({ id }: { id: string }) {
  const found = useRead(readCaseInWork, { id })
  // As it was when somebody began to type: what others write meanwhile is not overwritten by an edition that came in behind their back.
  const [begun] = useState(found)
  const [edition, setEdition] = useState(found.edition)
  const act = useAct(({ file }: { file: string }) => call(rewriteCase, { id, edition, file }), {
    refreshes: [readCaseInWork, listCaseVersions, listMyCases, seeCase],
    onDone: (saved) => {
      setEdition(saved.edition)
      say('Saved')
    },
  })
  if (begun.published_at || begun.part !== 'author')
    return (
      <Empty
        action={
          <Button component={Link} to={`/practice/cases/${id}/whole`}>
            Read it
          </Button>
        }
      >
        {begun.published_at
          ? 'This case is in the library. An administrator withdraws it before anybody rewrites it.'
          : 'You check this case; those who write it change it. Tell them what you found.'}
      </Empty>
    )
  return (
    <Editor
      text={begun.file}
      act={act}
      submit="Save"
      beside={
        <Button variant="subtle" component={Link} to={`/practice/cases/${id}/whole`}>
          Read it as a whole
        </Button>
      }
    />
  )
}
