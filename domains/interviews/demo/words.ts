// What Ifeoma brought and said, in the demo world. Hospital and job are invented.

export const earlierCv = `Ifeoma Brandt
Staff nurse

2019 to 2022  Medical ward, Spreeaue Clinic, Berlin
2016 to 2019  Training as a nurse, Berlin`

export const currentCv = `Ifeoma Brandt
Registered nurse, emergency department

2022 to today  Emergency department, Spreeaue Clinic, Berlin. Triage of up to sixty patients a shift; led the change to a sepsis checklist at the front door.
2019 to 2022   Medical ward, Spreeaue Clinic, Berlin. Mentored eleven students.
2016 to 2019   Training as a nurse, Berlin

Languages: German, English, Igbo
Courses: advanced life support (2025), safeguarding of children (2024)`

export const job = `Senior nurse, emergency department, Larkfield General Hospital

You lead a team of eight on your shift and are the person others turn to when the waiting room is full.
You teach, you speak up when something is not safe, and you know how to talk to a family on their worst day.
Experience with triage and with sepsis pathways is needed; experience in leading a team is welcome.`

type Question = { n: number; text: string; tag: string; source: 'cv' | 'job' | 'bank'; words: string | null; answers: string[] }

export const completed: Question[] = [
  {
    n: 1,
    text: 'You changed how sepsis is looked for at your front door. What was the hardest part of that?',
    tag: 'behavioral',
    source: 'cv',
    words: 'led the change to a sepsis checklist at the front door',
    answers: [
      'The checklist itself was easy. The hardest part was that the night team heard of it from a poster. So I did three night shifts in a row and we filled in the first twenty together. After a month we looked at forty notes, and in thirty-four the antibiotics were in within the hour.',
    ],
  },
  {
    n: 2,
    text: 'The waiting room is full, two colleagues are off sick, and people turn to you. What are your first ten minutes?',
    tag: 'situational',
    source: 'job',
    words: 'the person others turn to when the waiting room is full',
    answers: [
      'I would stay calm and prioritise.',
      'First I walk through the room myself, because the list does not show who has gone grey. Then I say out loud to the team what we will not do for the next hour. And I ring the site manager before I need her, not after.',
    ],
  },
  {
    n: 3,
    text: 'Tell me about a time when you spoke up and it was unwelcome.',
    tag: 'behavioral',
    source: 'job',
    words: 'you speak up when something is not safe',
    answers: [
      'A consultant wanted to send somebody home whose pulse had not come down. I said: I am not happy with this, and here is the number. He was annoyed. We kept her for two hours, and then he thanked me in front of the others, which I had not expected.',
    ],
  },
  {
    n: 4,
    text: 'What would you like to ask us?',
    tag: 'closing',
    source: 'bank',
    words: null,
    answers: ['How does a new senior nurse find out, in the first month, whether she is doing it well?'],
  },
]

export const aborted: Question[] = [
  {
    n: 1,
    text: 'You have mentored eleven students. How do you notice that one of them is struggling?',
    tag: 'behavioral',
    source: 'cv',
    words: 'Mentored eleven students',
    answers: ['They become very quiet, or very busy. I ask them to tell me about one patient, and then I know.'],
  },
  { n: 2, text: 'Why this hospital?', tag: 'motivation', source: 'bank', words: null, answers: [] },
]

export const running: Question[] = [
  {
    n: 1,
    text: 'How do you begin to talk to a family on their worst day?',
    tag: 'situational',
    source: 'job',
    words: 'you know how to talk to a family on their worst day',
    answers: ['I sit down, and I say who I am, and I find out the name of the person they love before I say anything else.'],
  },
  {
    n: 2,
    text: 'What have you led so far, and what did it cost you?',
    tag: 'behavioral',
    source: 'job',
    words: 'experience in leading a team',
    answers: [],
  },
]

export const planned: Question[] = [
  {
    n: 1,
    text: 'Triage of sixty patients in a shift: what do you do differently with the sixtieth?',
    tag: 'situational',
    source: 'cv',
    words: 'Triage of up to sixty patients a shift',
    answers: [],
  },
  {
    n: 2,
    text: 'What does safeguarding look like at three in the morning?',
    tag: 'technical_general',
    source: 'cv',
    words: 'safeguarding of children (2024)',
    answers: [],
  },
]

export const feedback = {
  overall_summary:
    'Your answers begin with what you did and end with what came of it. You are strongest where you name the people in the room; weakest where you answer with a word from a leaflet.',
  strengths_feedback: 'You bring numbers that you counted yourself, and you say what went wrong before you are asked.',
  areas_for_improvement_feedback:
    'Your first try at the second question said nothing that only you could have said. Leading a team of eight was hardly touched.',
  actionable_suggestions: 'Keep one story about leading ready, two minutes long, with what you would do differently.',
  overall_score_qualitative: 'Good',
}

/** Which answer (question, attempt) each judgement rests on. */
export const evidence = [
  {
    question: 1,
    attempt: 1,
    judgement: 'A result, and how you know it.',
    quote: 'in thirty-four the antibiotics were in within the hour',
  },
  { question: 2, attempt: 1, judgement: 'A phrase that anybody could have said.', quote: 'stay calm and prioritise' },
  {
    question: 2,
    attempt: 2,
    judgement: 'The second try is yours: concrete, and in an order that makes sense.',
    quote: 'the list does not show who has gone grey',
  },
  {
    question: 3,
    attempt: 1,
    judgement: 'You spoke up with a fact, not with a feeling.',
    quote: 'I am not happy with this, and here is the number.',
  },
]
