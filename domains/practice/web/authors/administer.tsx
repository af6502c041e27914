import { Section } from '#platform/web/parts/section.tsx'
import { Ask } from './ask.tsx'
import { Withdraw } from './publish.tsx'

/** On a case's page, for administrators. */
export const Administer = ({ id, published }: { id: string; published: boolean }) => (
  <Section title="For administrators" lead="What you do here takes a reason, and is on record.">
    <div className="case-acts">
      <Ask id={id} to="review" />
      <Ask id={id} to="write" />
      {published && <Withdraw id={id} />}
    </div>
  </Section>
)
