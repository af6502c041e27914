import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { listCaseVersions, listMyCases, readCaseInWork, readCaseVersion, rewriteCase } from '#domains/practice/api/authors.ts'
import { seeCase } from '#domains/practice/api/library.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { IfThere } from '../library/if-there.tsx'
import { PracticePage } from '../tabs.tsx'
import { changesIn, difference } from './difference.ts'
import './authors.css'

/** What has changed between one writing of a case and what it says now, and the way back to it. */
export function CaseVersion() {
  const { id, number } = useParams({ strict: false }) as { id: string; number: string }
  return (
    <IfThere>
      <PracticePage
        title="What it said before"
        above={<Link to={`/practice/cases/${id}/whole`}>Back to the case</Link>}
        lead="Crossed out is what it said then and does not say now; underlined is what has come since."
      >
        <Compared id={id} number={Number(number)} />
      </PracticePage>
    </IfThere>
  )
}

function Compared({ id, number }: { id: string; number: number }) {
  const { file } = useRead(readCaseVersion, { id, number })
  const now = useRead(readCaseInWork, { id })
  const navigate = useNavigate()
  const act = useAct(by(rewriteCase), {
    refreshes: [readCaseInWork, listCaseVersions, listMyCases, seeCase],
    onDone: () => {
      say('Brought back')
      void navigate({ to: `/practice/cases/${id}/whole` })
    },
  })
  const changes = changesIn(difference(file, now.file))
  if (file === now.file) return <Empty>It says the same now.</Empty>
  return (
    <>
      <Section title="What has changed">
        <div className="changes">
          {changes.map((line, at) =>
            line.is === 'gap' ? (
              <p key={at} className="changes-gap">
                {line.lines === 1 ? 'One line' : `${line.lines} lines`} as before
              </p>
            ) : line.is === 'gone' ? (
              <p key={at}>
                <del>{line.words || '\u00a0'}</del>
              </p>
            ) : line.is === 'new' ? (
              <p key={at}>
                <ins>{line.words || '\u00a0'}</ins>
              </p>
            ) : (
              <p key={at}>{line.words || '\u00a0'}</p>
            ),
          )}
        </div>
      </Section>
      {now.part === 'author' && !now.published_at && (
        <Confirm
          verb="Bring it back"
          says="The case says then what it said before. What it says now is kept here, and can be brought back as well."
          act={act}
          into={() => ({ id, edition: now.edition, file })}
        />
      )}
    </>
  )
}
