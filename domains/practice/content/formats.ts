// How stations go, named by their shape. Lengths in seconds; bells in seconds after their phase began; words from worst to best.
export type Format = {
  id: string
  name: string
  words: string
  rating: string[]
  phases: Partial<Record<'reading' | 'running' | 'marking' | 'feedback', { seconds: number | null; bells?: number[] }>>
  scales: Record<string, string[]>
}

const rating = ['Not safe yet', 'Not there yet', 'Nearly there', 'There', 'More than there']
const four = ['Hardly', 'In part', 'Mostly', 'Throughout']

export const formats: Format[] = [
  {
    id: 'eight-minute-stations',
    name: '8-minute stations, three domains',
    words: 'A minute and a half to read, eight minutes with the patient, a bell when two are left.',
    rating,
    phases: {
      reading: { seconds: 90 },
      running: { seconds: 480, bells: [360] },
      marking: { seconds: 120 },
      feedback: { seconds: 600, bells: [300] },
    },
    scales: { history: four, management: four, communication: four },
  },
  {
    id: 'twelve-minute-remote',
    name: '12-minute remote consultations',
    words: 'By telephone or video: three minutes with the notes, twelve with the patient.',
    rating,
    phases: {
      reading: { seconds: 180 },
      running: { seconds: 720, bells: [600] },
      marking: { seconds: 180 },
      feedback: { seconds: 600, bells: [300] },
    },
    scales: { history: four, reasoning: four, management: four, communication: four },
  },
  {
    id: 'twenty-minute-encounters',
    name: '20-minute encounters',
    words: 'The whole of it: history, examination talked through, explanation and a plan, with a bell when five minutes are left.',
    rating,
    phases: {
      reading: { seconds: 300 },
      running: { seconds: 1200, bells: [900] },
      marking: { seconds: 300 },
      feedback: { seconds: 900, bells: [600] },
    },
    scales: { history: four, examination: four, reasoning: four, explanation: four, communication: four },
  },
  {
    id: 'free',
    name: 'Free',
    words: 'As long as you like: the two of you say when it goes on.',
    rating,
    phases: { reading: { seconds: null }, running: { seconds: null }, marking: { seconds: null }, feedback: { seconds: null } },
    scales: { communication: four },
  },
]
