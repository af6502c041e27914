import { Page } from '#platform/web/parts/page.tsx'
import { Written } from './written.tsx'

export const Terms = () => (
  <Page title="Terms">
    <Written page="terms" file="terms.md">
      <p>These hold by themselves, because the software is built on them:</p>
      <ul>
        <li>Accounts are for people who are 18 or older.</li>
        <li>What is rehearsed here is for rehearsal. It is no clinical guidance, and no score predicts the result of an exam.</li>
        <li>Nobody enters details of a real patient into practice material.</li>
        <li>Nobody watches what people record about their health. In an emergency, call your local emergency number.</li>
        <li>Whoever threatens or harasses others can be blocked, reported and suspended.</li>
      </ul>
      <p>Everything else, above all what it costs and who is liable, is for whoever runs this place to say.</p>
    </Written>
  </Page>
)
