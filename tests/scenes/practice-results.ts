import { choosing, first, nothingIn, opened, pressing, slow, until, type Scene } from './scene.ts'

const hana = { who: 'person' } as const
const of = (n: string) => ({ page: '/practice/results/:session/:round', at: `/practice/results/0dec0de0-0000-4000-8000-0000000007${n}/1` })
const shown = { page: '/practice/results/shared/:id', at: '/practice/results/shared/0dec0de0-0000-4000-8000-0000000007a3' }
const progress = '/practice/progress'
const history = '/practice/results'

export const practiceResultsScenes: Scene[] = [
  { name: 'Progress', page: progress, ...hana },
  { name: 'Progress, nothing yet', page: progress, who: 'newcomer' },
  { name: 'Progress, loading', page: progress, ...hana, given: slow('/api/practice/progress'), loading: true },
  { name: 'Played, all of it', page: history, ...hana },
  { name: 'Played, nothing yet', page: history, ...hana, given: nothingIn('/api/practice/results*') },
  { name: 'Played, loading', page: history, ...hana, given: slow('/api/practice/results*'), loading: true },
  { name: 'Result, whole', ...of('07'), ...hana, does: until('What you say to each other') },
  { name: 'Result, as the patient', ...of('05'), ...hana },
  {
    name: 'Result, showing it to somebody',
    ...of('07'),
    ...hana,
    does: first(pressing('Show it to somebody'), opened, choosing('Somebody you know here', '0dec0de0-0000-4000-8000-000000000002')),
  },
  { name: 'Shown to me', page: '/practice/results/shared', ...hana },
  { name: 'Shown to me, one', ...shown, ...hana },
  { name: 'Shown to me, opened', ...shown, ...hana, does: first(pressing('Open it, I know'), until('It was:')) },
  { name: 'Shown to me, nothing', page: '/practice/results/shared', who: 'newcomer' },
  { name: 'Result, stopped early', ...of('03'), ...hana, does: until('you can still be surprised') },
]
