// What was said in the demo world, and what was said about it. Every quote stands in its transcript, or the database takes none of it.
export type Report = {
  id: string
  transcript: string
  ai_summary: string
  score_raw: number
  strengths: string
  areas_for_improvement: string
  evidence: { criterion: string; judgement: string; quote: string }[]
}

const id = (n: number) => `0dec0de0-0000-4000-8000-0000005030${String(n).padStart(2, '0')}`

export const onTheLetter: Report = {
  id: id(1),
  transcript: `Patient: They have put it in bold. Is it bad if it is in bold?
Candidate: It is your LDL cholesterol, it is raised, we should consider a statin.
Patient: A statin. That is for old people, isn't it?
Candidate: Not only. The risk score is nine per cent, so the guideline says we can offer it.
Patient: Nine per cent of what?
Candidate: Sorry. Of a hundred people like you, nine would have a heart attack or a stroke in the next ten years.
Patient: Right. My mother was fifty.
Candidate: Oh. I am sorry to hear that. When was it?
Patient: The year I finished school.
Candidate: Thank you for telling me. It makes sense that the letter frightened you.`,
  ai_summary:
    'You found your way to what mattered, though late: the mother’s stroke came because you were silent for a moment. The beginning was quicker than the patient.',
  score_raw: 22,
  strengths: 'You repaired a number that did not land, and you named her fear once you had heard it.',
  areas_for_improvement: 'Ask what she has read before you explain it. Keep words of the guideline out of the first minute.',
  evidence: [
    {
      criterion: 'Clear language',
      judgement: 'A number became people, which is easy to picture.',
      quote: 'Of a hundred people like you, nine would have a heart attack or a stroke in the next ten years.',
    },
    {
      criterion: 'Understanding the patient',
      judgement: 'You said back what she felt, and why.',
      quote: 'It makes sense that the letter frightened you.',
    },
    {
      criterion: 'Opening',
      judgement: 'You answered with a treatment before you knew what she was asking.',
      quote: 'it is raised, we should consider a statin',
    },
  ],
}

export const onTheInsulin: Report = {
  id: id(2),
  transcript: `Patient: If you say needles, I shall go home again.
Candidate: Then I will not say it yet. May I ask what you have heard about it?
Patient: My aunt had it. First the needles, then her foot, then the funeral.
Candidate: That is a lot to carry into this room. I am sorry about your aunt.
Patient: So you see.
Candidate: I do. Your readings have gone up this year, and that is not because you did something wrong. After nine years tablets often do less.
Patient: I am not always good with the evening one.
Candidate: Tell me about the evenings.
Patient: When I drive the early bus I am asleep at eight.
Candidate: So the tablet and your shift do not fit. Maybe we can put you onto a basal regimen.
Patient: A what?
Candidate: One injection a day, at the same time, with a pen. You would see a nurse first and try it with water.`,
  ai_summary: 'You let her set the pace and heard about the early shift because of it. One term got between you; you took it back at once.',
  score_raw: 25,
  strengths: 'You asked for what she had heard before you explained. Her confession about the tablets met no reproach.',
  areas_for_improvement: 'Say the plain word first. The question about driving was never asked, and it is what her week depends on.',
  evidence: [
    {
      criterion: 'Understanding the patient',
      judgement: 'You asked for her picture of insulin before giving yours.',
      quote: 'May I ask what you have heard about it?',
    },
    {
      criterion: 'Relationship',
      judgement: 'You took the blame off her in one sentence.',
      quote: 'that is not because you did something wrong',
    },
    {
      criterion: 'Clear language',
      judgement: 'A term she could not know, at the moment that mattered.',
      quote: 'Maybe we can put you onto a basal regimen.',
    },
  ],
}

export const onTheCough: Report = {
  id: id(3),
  transcript: `Patient: It is only a cough, doctor. My daughter made me come.
Candidate: I am glad that she did. What does she worry about?
Patient: You would have to ask her.
Candidate: And you, Mr Greaves?
Patient: My brother coughed like that.
Candidate: What happened to your brother?
Patient: It was his lungs. By Christmas he was gone.
Candidate: I am sorry. So it is on your mind that this could be the same.
Patient: Wouldn't it be on yours?
Candidate: It would. Have you brought up any blood, or lost weight?
Patient: The trousers have got big.
Candidate: I would like you to have an X-ray of your chest this week. I do not know what it will show. It will tell us where to look next.
Patient: This week. That bad?
Candidate: That quickly, because waiting would be worse for you than knowing.`,
  ai_summary:
    'You reached his fear in four lines and did not run from it. The plan was clear; what should bring him back sooner was missing.',
  score_raw: 28,
  strengths: 'Short questions, and room after them. You were honest about what the X-ray can tell.',
  areas_for_improvement:
    'Ask one thing at a time: two questions in one let him answer only the second. Close with what should bring him back.',
  evidence: [
    {
      criterion: 'Understanding the patient',
      judgement: 'You put his fear into words he could agree with.',
      quote: 'So it is on your mind that this could be the same.',
    },
    {
      criterion: 'Giving information',
      judgement: 'You promised nothing, and still said why it matters.',
      quote: 'I do not know what it will show. It will tell us where to look next.',
    },
    {
      criterion: 'Gathering information',
      judgement: 'Two questions at once; the blood was never answered.',
      quote: 'Have you brought up any blood, or lost weight?',
    },
  ],
}

export const onTheCoughAgain: Report = {
  id: id(4),
  transcript: `Patient: It is only a cough, doctor. My daughter made me come.
Candidate: Then let us make it worth her trouble. Tell me about the cough from the beginning.
Patient: Since the clocks changed, more or less. Mornings.
Candidate: Do you bring anything up with it?
Patient: A bit. It was rusty once.
Candidate: Thank you, that is important. Has anything else changed?
Patient: I have gone down two holes on the belt.
Candidate: Without trying to?
Patient: I don't cook, since Maureen.
Candidate: Since she died. I am sorry. Did other things come back then, too?
Patient: The smoking. You will not tell my daughter?
Candidate: I tell nobody anything without you. What do you make of it all yourself?
Patient: My brother. That is what I make of it.
Candidate: I see. I cannot tell you today that it is not that. I can get you an X-ray this week, and see you on Friday with the result.
Patient: Friday.
Candidate: If you cough up blood again or it gets hard to breathe, do not wait for Friday: ring us, or 999.`,
  ai_summary: 'One question at a time brought out all that he holds back. You ended with a day, and with what must not wait for it.',
  score_raw: 31,
  strengths: 'You followed his words instead of your list, and your promise of silence opened the rest.',
  areas_for_improvement: 'Let him say back what you agreed; then you know that Friday has arrived.',
  evidence: [
    {
      criterion: 'Gathering information',
      judgement: 'Open, and from where he wants to begin.',
      quote: 'Tell me about the cough from the beginning.',
    },
    {
      criterion: 'Relationship',
      judgement: 'A plain assurance at the moment he needed it.',
      quote: 'I tell nobody anything without you.',
    },
    {
      criterion: 'Giving information',
      judgement: 'He knows what should bring him back sooner.',
      quote: 'do not wait for Friday: ring us, or 999',
    },
  ],
}

export const onTheInhaler: Report = {
  id: id(5),
  transcript: `Patient: So which one is the real one?
Candidate: Both. The brown one is for every day, also when you feel well. The blue one is for when you are short of breath.
Patient: And if I only take the blue one?
Candidate: Then it helps for an hour, and the next attack comes. The brown one is what keeps it away.
Patient: Right. Can I show you? I feel stupid.
Candidate: Nobody is born with it. Breathe out first, all the way. Good. Now press and breathe in slowly.
Patient: It's in my mouth.
Candidate: That happens to most people. Start to breathe in, and then press.
Patient: Better. When do I call somebody?
Candidate: If ten puffs of the blue one do not help, or you cannot finish a sentence, ring 999.
Patient: I couldn't, on Sunday. Finish a sentence.
Candidate: That must have been terrifying.`,
  ai_summary: 'Calm and exact, one correction at a time. The last line opened a door; you stood in it as the talk ended.',
  score_raw: 27,
  strengths: 'You told the two inhalers apart by what each is for, and let him try before you talked on.',
  areas_for_improvement: 'After naming his fear, wait. Ask about smoking and vaping, which he would have told you.',
  evidence: [
    {
      criterion: 'Clear language',
      judgement: 'The difference in two short sentences.',
      quote: 'The brown one is for every day, also when you feel well. The blue one is for when you are short of breath.',
    },
    {
      criterion: 'Relationship',
      judgement: 'You took the shame out of not knowing.',
      quote: 'Nobody is born with it.',
    },
    {
      criterion: 'Giving information',
      judgement: 'Two signs he can check by himself.',
      quote: 'If ten puffs of the blue one do not help, or you cannot finish a sentence, ring 999.',
    },
  ],
}
