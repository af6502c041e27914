import type { ReactNode } from 'react'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from '@mantine/core'
import { discardCase, listMyCases, readCaseInWork, wantReview } from '#domains/practice/api/authors.ts'
import { listDomains } from '#domains/practice/api/library.ts'
import type { CaseFile } from '#domains/practice/cases/case-file.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { Section } from '#platform/web/parts/section.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { CaseText } from '../case-text.tsx'
import { IfThere } from '../library/if-there.tsx'
import { dayInWords } from '../library/in-words.ts'
import { PracticePage } from '../tabs.tsx'
import { Findings, toMend } from './findings.tsx'
import { download } from './file.ts'
import { useHouse } from './house.ts'
import { lookAt } from './looked-at.ts'
import { Notes } from './notes.tsx'
import { Sign, TakeBack } from './sign.tsx'
import { useGone } from './use-gone.ts'
import { Versions } from './versions.tsx'
import '../library/library.css'
import './authors.css'

export type InWork = OutputOf<typeof readCaseInWork>

/** All that a case says, to be checked against itself: for those who write and check it. */
export const WholeCase = () => (
  <IfThere>
    <Whole />
  </IfThere>
)

function Whole() {
  const { id } = useParams({ strict: false }) as { id: string }
  const found = useRead(readCaseInWork, { id })
  const looked = lookAt(found.file, useHouse())
  if (!looked.file) throw new Error(`case ${id} comes out as no case: ${looked.says}`)
  const { file, findings } = looked
  return (
    <PracticePage
      title={file.name}
      above={<Link to="/practice/cases/mine">Cases I write or check</Link>}
      lead={`${file.category} · version ${file.version}, edition ${found.edition}`}
      action={
        <Button variant="default" onClick={() => download(file.name, found.file)}>
          Download the file
        </Button>
      }
    >
      <Stands {...found} mended={findings.length === 0} />
      <Section title={toMend(findings)}>
        <Findings findings={findings} />
      </Section>
      <Section title="What nobody sees before its time">
        <dl className="case-facts">
          <Fact name="Condition">{file.condition}</Fact>
          <Fact name="Also called">{file.synonyms.join(', ') || 'nothing else'}</Fact>
        </dl>
      </Section>
      <Section title="Content note, which everybody sees">
        <p>{file.content_note || 'None.'}</p>
      </Section>
      <Section title="Candidate brief">
        <CaseText words={file.candidate_brief} />
      </Section>
      <Section title="Actor brief">
        <CaseText words={file.actor_brief} />
      </Section>
      <Section title="Checklist">
        <Checklist {...file} />
      </Section>
      <Section title="Markscheme">
        <CaseText words={file.markscheme} />
      </Section>
      <Section title="Who has signed it">
        <Signatures {...found} />
        {found.signatures.some(({ mine, edition }) => mine && edition === found.edition) && <TakeBack id={id} />}
        {found.part === 'reviewer' && !found.signatures.some(({ mine, holds }) => mine && holds) && (
          <Sign id={id} edition={found.edition} />
        )}
      </Section>
      <Notes id={id} />
      <Versions id={id} />
    </PracticePage>
  )
}

// Where it stands, and what comes next.
function Stands({ id, part, published_at, review_wanted_at, edition, signatures, reviewers, mended }: InWork & { mended: boolean }) {
  const wish = useAct(by(wantReview), {
    refreshes: [readCaseInWork, listMyCases],
    onDone: () => say('Those who administrate are told'),
  })
  const gone = useGone()
  const discard = useAct(by(discardCase), { refreshes: [listMyCases], onDone: gone })
  const signed = signatures.some(({ holds }) => holds)
  if (published_at)
    return (
      <p className="case-stands">
        In the library since <When at={published_at} kind="date" />. <Link to={`/practice/cases/${id}`}>See it there</Link>
      </p>
    )
  return (
    <>
      <p className="case-stands">
        A draft: nobody plays it.{' '}
        {signed
          ? 'A clinician has signed it as it now reads; an administrator can publish it.'
          : review_wanted_at
            ? `Its authors wish that somebody checks it; ${reviewers === 0 ? 'nobody is asked yet' : reviewers === 1 ? 'one person is asked' : `${reviewers} people are asked`}.`
            : 'When it is ready, ask that somebody checks it.'}
      </p>
      {part === 'author' && (
        <div className="case-acts">
          <Button
            component={Link}
            to={`/practice/cases/${id}/edit`}
            variant={mended && !signed && !review_wanted_at ? 'default' : 'filled'}
          >
            Rewrite it
          </Button>
          {!signed && !review_wanted_at && (
            <Button variant={mended ? 'filled' : 'default'} loading={wish.busy} onClick={() => wish.run({ id, edition })}>
              Ask for a check
            </Button>
          )}
          <Confirm
            verb="Throw away"
            says="The draft is gone for good, with its signatures. Download its file first if you may want it again."
            act={discard}
            into={() => ({ id, edition })}
          />
        </div>
      )}
      {wish.refusal && <Refused error={wish.refusal} />}
    </>
  )
}

function Checklist({ checklist }: CaseFile) {
  const { items } = useRead(listDomains, {})
  return (
    <ol className="case-checklist">
      {checklist.map(({ domain, kind, weight, safety_critical, words, rests_on }, at) => (
        <li key={`${at} ${words}`}>
          {words}
          <span className="case-says">
            {items.find(({ key }) => key === domain)?.name ?? domain} · {kind}
            {weight > 1 && ` · counts ${weight} times`}
            {safety_critical && <b className="case-critical"> · safety-critical</b>}
            {rests_on.length > 0 && ` · rests on: ${rests_on.join('; ')}`}
          </span>
        </li>
      ))}
    </ol>
  )
}

function Signatures({ signatures, edition }: InWork) {
  if (signatures.length === 0) return <p>Nobody. Until a clinician does, it is “not clinically reviewed”.</p>
  return (
    <ul className="case-signatures">
      {signatures.map((one) => (
        <li key={`${one.edition} ${one.named_as} ${one.signed_on}`}>
          {one.named_as}
          {one.mine && ' (you)'}
          <span className="case-says">
            Edition {one.edition}, on {dayInWords(one.signed_on)}, to be looked at again by {dayInWords(one.review_by)}.{' '}
            {one.holds ? 'It holds.' : one.edition === edition ? 'It has run out.' : 'The case has changed since.'}
          </span>
        </li>
      ))}
    </ul>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)
