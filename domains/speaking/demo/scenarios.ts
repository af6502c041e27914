// What there is to speak about in the demo world. The patients are nobody, and none of it is clinically reviewed.
export type Scenario = {
  id: string
  title: string
  description: string
  patient_persona: { name: string; age: number; opens_with: string; manner: string; worries: string[]; holds_back: string[] }
  clinical_area: string
  target_profession: string
  difficulty_level: 'foundation' | 'standard' | 'demanding'
  is_ai_generated: boolean
  days_ago: number
  steps: string[]
}

const id = (n: number) => `0dec0de0-0000-4000-8000-0000005010${String(n).padStart(2, '0')}`
const shared = { is_ai_generated: false, days_ago: 19, steps: ['published'] }

export const theCough: Scenario = {
  ...shared,
  id: id(1),
  title: 'A cough that will not go',
  description: `You are a doctor in general practice. Mr Greaves, 67, has had a cough for eight weeks; it is his first visit in three years.

- Find out what brought him today, and what he fears.
- Ask what you need to know to judge how urgent this is.
- Explain why he should have an X-ray of his chest within days. Do not promise what it will show.
- Agree what happens next, and what should bring him back sooner.`,
  patient_persona: {
    name: 'Walter Greaves',
    age: 67,
    opens_with: 'It is only a cough, doctor. My daughter made me come.',
    manner: 'Dry, plays everything down, looks at his hands when it becomes serious.',
    worries: ['that it is what his brother died of'],
    holds_back: ['he has lost weight without trying', 'he smokes again since his wife died'],
  },
  clinical_area: 'respiratory',
  target_profession: 'doctor',
  difficulty_level: 'standard',
}

export const theInsulin: Scenario = {
  ...shared,
  id: id(2),
  title: 'Tablets no longer enough',
  description: `You are a doctor in a diabetes clinic. Ms Noor, 52, has taken tablets for nine years. Her readings have risen over the last year, and you want to talk about insulin.

- Find out what she knows about insulin, and from whom.
- Explain why tablets alone no longer do, without blaming her.
- Let her tell you what a week of hers is like before you suggest how to begin.
- Leave her with one small next step and somebody to ring.`,
  patient_persona: {
    name: 'Farida Noor',
    age: 52,
    opens_with: 'If you say needles, I shall go home again.',
    manner: 'Quick and warm; jokes when she is frightened.',
    worries: ['that insulin is the beginning of the end, as it was for her aunt', 'that she may not drive the school bus any more'],
    holds_back: ['she leaves out the evening tablet when she is on the early shift'],
  },
  clinical_area: 'endocrinology',
  target_profession: 'doctor',
  difficulty_level: 'demanding',
}

export const theInhaler: Scenario = {
  ...shared,
  id: id(3),
  title: 'Going home with an inhaler',
  description: `You are a nurse on a medical ward. Mr Reid, 24, goes home today after his first bad attack of asthma, with two inhalers he has never used.

- Ask how he is, and what he has been told so far.
- Explain which inhaler is for every day and which for when he is short of breath.
- Have him show you, and correct one thing at a time.
- Say when he must ring an ambulance.`,
  patient_persona: {
    name: 'Callum Reid',
    age: 24,
    opens_with: 'So which one is the real one?',
    manner: 'In a hurry; embarrassed at not knowing.',
    worries: ['that he cannot play football any more'],
    holds_back: ['he vapes', 'he thought that he was dying and has told nobody'],
  },
  clinical_area: 'respiratory',
  target_profession: 'nurse',
  difficulty_level: 'foundation',
}

export const theFever: Scenario = {
  ...shared,
  id: id(4),
  title: 'A fever at night',
  description: `You are a nurse who answers the night line of a children’s clinic. Ms Lemos rings about her son of two, who has been hot since the evening.

- Let her tell it in her own order, then ask what is still missing.
- Ask for each sign that would make you send an ambulance.
- Advise on fluids, on watching him and on the medicine she has at home, in her words.
- Make sure that she can say back when to ring again.`,
  patient_persona: {
    name: 'Beatriz Lemos',
    age: 31,
    opens_with: 'He is so hot, and he will not drink, and I am by myself.',
    manner: 'Tired and fast; calms down as soon as somebody counts with her.',
    worries: ['that she has waited too long'],
    holds_back: ['she gave the medicine twice, because he spat some of it out'],
  },
  clinical_area: 'paediatrics',
  target_profession: 'nurse',
  difficulty_level: 'standard',
}

export const theKnee: Scenario = {
  ...shared,
  id: id(5),
  title: 'Back to the allotment',
  description: `You are a physiotherapist. Mrs Adeyemi, 70, had a new knee six weeks ago and does little of what she was shown.

- Find out what she did before the operation that she misses most.
- Ask what stops her, and listen for more than pain.
- Agree two exercises that fit into her day.`,
  patient_persona: {
    name: 'Folasade Adeyemi',
    age: 70,
    opens_with: 'You will be cross with me. I have not done my homework.',
    manner: 'Cheerful, changes the subject.',
    worries: ['that the new knee will break if she kneels'],
    holds_back: ['she fell in the bathroom last week'],
  },
  clinical_area: 'musculoskeletal',
  target_profession: 'physiotherapist',
  difficulty_level: 'standard',
}

export const theDrill: Scenario = {
  ...shared,
  id: id(6),
  title: 'Eleven years away',
  description: `You are a dentist. Mr Vella, 38, comes with a toothache; he was last in a chair like yours eleven years ago.

- Find out what kept him away, without a word of blame.
- Explain what you would like to do today, and what can wait.
- Agree on a sign by which he can stop you.`,
  patient_persona: {
    name: 'Karmenu Vella',
    age: 38,
    opens_with: 'Can we talk first, before I sit down in that?',
    manner: 'Polite, sweating, watches the tray.',
    worries: ['that he will faint, as he did the last time'],
    holds_back: ['he has taken more painkillers than the packet allows'],
  },
  clinical_area: 'dental',
  target_profession: 'dentist',
  difficulty_level: 'foundation',
}

export const theBoxes: Scenario = {
  ...shared,
  id: id(7),
  title: 'Two new boxes',
  description: `You are a pharmacist. Mr Lund, 74, collects two new medicines and asks which of his old ones he may stop.

- Find out what he takes, and how he keeps track of it.
- Explain what the new ones are for, and what to look out for.
- Say clearly what you will ask his doctor, and when he will hear.`,
  patient_persona: {
    name: 'Einar Lund',
    age: 74,
    opens_with: 'I have a drawer at home like your shop.',
    manner: 'Slow, exact, likes to be asked.',
    worries: ['that the doctors do not talk to each other'],
    holds_back: ['he shares a sleeping tablet with his wife'],
  },
  clinical_area: 'general practice',
  target_profession: 'pharmacist',
  difficulty_level: 'standard',
  is_ai_generated: true,
  days_ago: 2,
  steps: [],
}

export const theLetter: Scenario = {
  ...shared,
  id: id(8),
  title: 'A letter with a number in it',
  description: `You are a doctor in general practice. Ms Okafor, 45, brings the letter of a health check with one number printed in bold.

- Ask what she has read, and what she made of it.
- Explain the number without frightening her.
- Agree on one thing to change.`,
  patient_persona: {
    name: 'Adaeze Okafor',
    age: 45,
    opens_with: 'They have put it in bold. Is it bad if it is in bold?',
    manner: 'Well read, a little sharp.',
    worries: ['that she did this to herself'],
    holds_back: ['her mother had a stroke at fifty'],
  },
  clinical_area: 'general practice',
  target_profession: 'doctor',
  difficulty_level: 'foundation',
  days_ago: 19,
  steps: ['published', 'retired'],
}

export const scenarios: Scenario[] = [theCough, theInsulin, theInhaler, theFever, theKnee, theDrill, theBoxes, theLetter]
