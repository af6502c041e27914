// Original cases for rehearsal. None of them is clinical guidance, and each is "not clinically reviewed" until a named clinician signs it.
export type Case = {
  id: string
  case_name: string
  category: string
  condition: string
  domain: string
  candidate_brief: string
  actor_brief: string
  markscheme: string
  /** Domain, what is seen to be done, weight; '!' before it: left out, it fails the station. */
  checklist: [domain: string, words: string, weight?: number][]
}

export const cases: Case[] = [
  {
    id: 'ca5e0000-0000-4000-8000-000000000001',
    case_name: 'A builder with a tight chest',
    category: 'Emergencies',
    condition: 'Acute coronary syndrome',
    domain: 'history',
    candidate_brief:
      'You work in the emergency department. Gary Holt, 56, a builder, came in twenty minutes ago with discomfort in his chest. The nurse has recorded an ECG, which you will be shown when you ask for it. Take a focused history, tell him what you think is going on and what happens next. Do not examine him.',
    actor_brief:
      'Opening line: “It’s probably nothing, I just want something for wind so I can get back to the site.” Freely: a tight band across the chest for an hour and a half, since carrying boards upstairs. Only if asked: it goes into the left arm and jaw; you are sweaty and feel sick; two shorter ones last week that went with rest; you smoke twenty a day; tablets for blood pressure that you often forget; your father died of his heart at 58. No allergy, no bleeding, no stroke, no sildenafil. You are frightened and hide it by joking; if somebody names the fear kindly, you stop joking. You want to leave for an hour to move the van. You stay if it is said plainly why it matters now.',
    markscheme:
      'A good candidate finds out within three minutes that this is cardiac until shown otherwise, asks for the ECG at once and says so to the patient without alarm. The ECG shows ST depression in the lateral leads. They ask about bleeding before aspirin, explain monitoring, repeated troponin and the call to cardiology, and respond to the wish to leave with a reason rather than an order. Read afterwards: a national guideline on acute coronary syndromes.',
    checklist: [
      ['history', 'Asks where the pain is, what it is like, when it began and where it goes'],
      ['history', 'Asks about sweating, sickness and breathlessness'],
      ['history', 'Asks about earlier episodes and what brought them on'],
      ['history', 'Asks about smoking, blood pressure and the family'],
      ['safety', '!Asks for the ECG within the first minutes', 2],
      ['safety', '!Asks about bleeding and allergy before offering aspirin', 2],
      ['explanation', 'Says in plain words that this may be the heart, and what happens next'],
      ['communication', 'Notices that he jokes because he is afraid, and says so kindly'],
      ['communication', 'Answers the wish to leave with a reason', 2],
    ],
  },
  {
    id: 'ca5e0000-0000-4000-8000-000000000002',
    case_name: 'Seven weeks with a new baby',
    category: 'Mental health',
    condition: 'Postnatal depression',
    domain: 'communication',
    candidate_brief:
      'You are a doctor in general practice. Nadia Rahman, 31, has an appointment seven weeks after the birth of her first child. The baby’s check was normal last week. She has written “tired” as her reason. Find out what is going on and agree on a plan with her.',
    actor_brief:
      'Opening line: “I’m just so tired. I suppose everybody is.” Freely: the baby wakes every two hours, your partner is back at work. Only if asked: you cry most days, nothing gives you joy, you feel you are failing; you lie awake when the baby sleeps; you eat little; you had a bad spell at university, with tablets. Only if asked directly and gently: you have thought that they would be better off without you; you have no plan and would not, because of the baby; you have never thought of harming the baby, nor do you hear or see anything strange. You fear that somebody will take the baby away, and say so if asked what worries you most. Your sister lives near, and you have not told her.',
    markscheme:
      'The heart of it is the question about self-harm, asked directly and without flinching, and the same for the baby. A good candidate names depression after childbirth as common and treatable, answers the fear about the baby being taken, offers talking treatment and discusses medicine with breastfeeding, brings in the partner or sister with her consent, tells her whom to call at night and sees her again within a week or two. Content: thoughts of suicide.',
    checklist: [
      ['history', 'Asks about mood, joy, sleep when the baby sleeps, appetite'],
      ['history', 'Asks about earlier low spells and treatment'],
      ['safety', '!Asks directly about thoughts of ending her life, and about plans', 2],
      ['safety', '!Asks about thoughts of harming the baby and about odd experiences', 2],
      ['communication', 'Lets her finish, and stays with the silence'],
      ['communication', 'Asks what worries her most, and answers the fear of losing the baby'],
      ['explanation', 'Names it, and says that it is common and can be treated'],
      ['management', 'Agrees on treatment, support at home, and a soon next appointment'],
      ['management', 'Says whom to call, day and night'],
    ],
  },
  {
    id: 'ca5e0000-0000-4000-8000-000000000003',
    case_name: 'Results on a Friday afternoon',
    category: 'Breaking bad news',
    condition: 'Pancreatic cancer',
    domain: 'communication',
    candidate_brief:
      'You are a doctor on a surgical ward. Thomas Ferreira, 63, was admitted with jaundice. Yesterday’s scan shows a mass in the head of the pancreas with deposits in the liver; the team’s view is that it is cancer and that an operation cannot cure it. A biopsy and a meeting of the specialists follow on Tuesday. He has asked to know. Tell him.',
    actor_brief:
      'Opening line: “You’ve come about my scan. It’s the gallstones, is it?” You suspect more and want to hear it straight, but slowly. When the word is said, be quiet for a long while; look at your hands. Then: “How long have I got?” You are not angry. Your wife is in the canteen; if asked, you want her to be there for the second half. You mind most about your daughter’s wedding in seven months, and tell it only to somebody who asks what matters to you. If somebody talks on without stopping, stop listening.',
    markscheme:
      'Prepare, ask what he knows and wants to know, warn, say the word cancer once and plainly, then be silent. Do not answer “how long” with a number you do not have: say what is known and when more will be. No false hope of an operation, and no abandonment either: symptoms can be treated now, there is a nurse to call, and Tuesday has an hour and a name.',
    checklist: [
      ['communication', 'Makes sure of privacy and asks whether somebody should be with him'],
      ['communication', 'Asks what he knows and how much he wants to hear'],
      ['communication', 'Warns that the news is not good, and pauses'],
      ['explanation', '!Says cancer, plainly and once, without hiding it in other words', 2],
      ['communication', 'Is silent after it, until he speaks', 2],
      ['communication', 'Answers “how long” honestly, without inventing a number'],
      ['communication', 'Asks what matters most to him'],
      ['management', 'Says what follows, when and with whom, and whom to ask before then'],
    ],
  },
  {
    id: 'ca5e0000-0000-4000-8000-000000000004',
    case_name: 'She wants to go home tonight',
    category: 'Ethics and capacity',
    condition: 'Delirium',
    domain: 'ethics',
    candidate_brief:
      'You are the doctor on call. Edith Marsh, 81, was admitted yesterday with a chest infection and is on antibiotics through a drip. The nurses call you at nine in the evening: she has put on her coat and wants to go home. Talk with her and decide, with reasons, whether she can make this decision now.',
    actor_brief:
      'Opening line: “My bus goes at half past. Where have you put my handbag?” You are polite and restless. You believe that this is a hotel and that your late husband waits at home. You can repeat what you are told at once, and have lost it two minutes later. You cannot weigh it: whatever the risk, the bus goes. If somebody sits down, speaks slowly and asks about your husband, you calm down. If somebody holds your arm or blocks the door, you shout. You agree to a cup of tea and to “wait for the next bus”. Only if asked: your chest hurts when you cough and you have not passed water since morning.',
    markscheme:
      'Capacity is for this decision at this time: can she understand, retain, weigh and say it? She cannot retain or weigh. The cause is probably reversible, so the decision can wait for her; what is done meanwhile is the least restrictive and in her best interests. Look for causes (retention of urine, pain, oxygen, medicines), call the family, avoid sedation, write it all down.',
    checklist: [
      ['ethics', 'Tests understanding, retaining, weighing and communicating, for this decision', 2],
      ['ethics', '!Does not let her leave, and does not restrain her first', 2],
      ['ethics', 'Says that capacity may return, and plans to look again'],
      ['communication', 'Sits down, orients her gently, does not argue about the bus'],
      ['examination', 'Looks for causes: pain, retention, oxygen, infection, medicines'],
      ['management', 'Calls family or staff who know her, and asks for a light, quiet place'],
      ['management', 'Writes down the assessment and the reasons'],
    ],
  },
  {
    id: 'ca5e0000-0000-4000-8000-000000000005',
    case_name: 'Thirsty at nineteen',
    category: 'General practice',
    condition: 'Type 1 diabetes',
    domain: 'reasoning',
    candidate_brief:
      'You are a doctor in general practice. Callum Reid, 19, a student, has come because he is thirsty and has lost weight. Take a history, say which tests you want now, and tell him what you think. Results that you ask for will be given to you.',
    actor_brief:
      'Opening line: “Mum says I have to come. I drink like a camel.” Freely: three weeks, up four times a night, seven kilograms lighter, tired. Only if asked: since yesterday your stomach hurts and you were sick twice; you breathe “a bit fast”; an aunt has a thyroid disease; no medicines; some beer at weekends. You have an exam at two o’clock and mean to be there. If asked for results: glucose 24 mmol/l, ketones 3.8 mmol/l. You take it lightly until somebody says why today, and then you are scared and want your mother told.',
    markscheme:
      'Thirst, weight loss and age make it; vomiting, pain and fast breathing make it today. Ask for glucose and ketones at once. This goes to hospital now, not to a clinic next week, and not alone by bus. Tell him what it is in two sentences, that he did not cause it, and that people live full lives with it.',
    checklist: [
      ['history', 'Asks about thirst, passing water, weight and for how long'],
      ['history', 'Asks about vomiting, stomach pain and breathing', 2],
      ['reasoning', '!Asks for glucose and ketones now', 2],
      ['safety', '!Sends him to hospital today', 2],
      ['explanation', 'Says what it is in plain words, and that he did not cause it'],
      ['communication', 'Finds out about the exam, and helps him to solve it'],
      ['management', 'Arranges how he gets there, and rings ahead'],
    ],
  },
  {
    id: 'ca5e0000-0000-4000-8000-000000000006',
    case_name: 'A choir without breath',
    category: 'Explanation and counselling',
    condition: 'Asthma',
    domain: 'explanation',
    candidate_brief:
      'You are a doctor in general practice. Ines Duarte, 42, sings in a choir. Tests last week confirmed what was suspected: her airways narrow and open again, and a preventer inhaler would help. She has come to hear what she has and how to use it. Explain, show the inhaler and check that she can do it.',
    actor_brief:
      'Opening line: “So what is it? And please don’t say it’s my age.” Freely: cough at night, short of breath in the second half of rehearsals. Only if asked: worse at your sister’s, who has two cats; a friend said that steroids make people fat and ruin the voice; your mother’s inhaler was “the blue one, that’s the one that works”. Shown how, you breathe in too early; with one correction you get it right. You take it every day if somebody tells you what it does and when you will notice.',
    markscheme:
      'Ask first what she believes. Explain preventer and reliever by what they do, take the fear of steroids seriously (low dose, into the lungs, rinse the mouth), watch her use it, correct one thing at a time, give a written plan with signs of a bad attack, and a date to look at it again.',
    checklist: [
      ['communication', 'Asks what she knows and fears before explaining'],
      ['explanation', 'Explains in plain words what happens in the airways'],
      ['explanation', 'Tells preventer and reliever apart by what they do'],
      ['explanation', 'Answers the fear of steroids, and says to rinse the mouth'],
      ['explanation', 'Watches her use the inhaler and corrects it', 2],
      ['safety', '!Says what a bad attack looks like, and what to do then', 2],
      ['management', 'Gives a written plan and a date'],
    ],
  },
  {
    id: 'ca5e0000-0000-4000-8000-000000000007',
    case_name: 'A cough at night, by telephone',
    category: 'Remote consultation',
    condition: 'Croup',
    domain: 'safety',
    candidate_brief:
      'You answer calls for an out-of-hours service. It is eleven in the evening. Jo Pereira rings about Sami, who is two and has a cough that woke the house. You cannot see the child. Find out how ill Sami is, decide where Sami should be seen and how soon, and tell Jo what to watch for.',
    actor_brief:
      'Opening line: “He barks like a seal, and there’s this noise when he breathes in. Listen!” Freely: a cold for two days, a slight fever, the cough since an hour. Only if asked: the noise is there when he cries and gone when he is calm; no drawing in between the ribs; he drinks, looks about, is pink; no drooling, nothing swallowed; his vaccinations are complete; no illness before. You are alone with two children, the car is outside, the hospital is fifteen minutes away. You calm down when you are told what to do with your hands: sit him up, keep him calm.',
    markscheme:
      'Hear the noise and ask when it is there. Signs of a bad airway first: noise at rest, drawing in, colour, drowsiness, drooling. This child is mild now, may get worse in the night, and should be seen for a dose of steroid; say so, how and how soon. Safety net in words a frightened parent can repeat, and let them repeat it.',
    checklist: [
      ['history', 'Asks when the noise is there: at rest, or only when he cries', 2],
      ['safety', '!Asks about drawing in, colour, drowsiness and drooling', 2],
      ['history', 'Asks about swallowing something, vaccinations and earlier illness'],
      ['reasoning', 'Listens to the breathing over the telephone'],
      ['management', 'Says where and how soon he should be seen, and why'],
      ['communication', 'Keeps the parent calm, and finds out who is at home and how they would come'],
      ['safety', '!Says when to ring the emergency number, and lets it be repeated', 2],
    ],
  },
  {
    id: 'ca5e0000-0000-4000-8000-000000000008',
    case_name: 'The tablets from last week',
    category: 'Ethics and capacity',
    condition: 'Medication error',
    domain: 'ethics',
    candidate_brief:
      'You are a doctor in general practice. Harold Njoroge, 70, takes methotrexate for his joints once a week. Reading the notes before he comes in, you see that last week your practice wrote “one daily” by mistake, and that the pharmacy gave it out so. He has come because of a sore mouth. Talk with him.',
    actor_brief:
      'Opening line: “My mouth’s like sandpaper. And your new instructions, every day now? I did wonder.” Freely: sore mouth for three days, tired. Only if asked: six tablets on six days; no fever, no bleeding, no bruises; you drink enough. When you are told, be silent, then angry: “So you’ve been poisoning me.” An honest sorry, without “but”, calms you; excuses make it worse. You want to know what happens to you now, and then that it happens to nobody else. If somebody asks how your wife managed last week, you soften.',
    markscheme:
      'Tell it first and plainly: what happened, that it was our mistake, that we are sorry. Then act: stop the tablets, blood count, kidney and liver today, ask advice about folinic acid, admit if feverish or the count is low. Say how it will be looked into, offer it in writing, and tell him how to complain. Report it. No blame of the pharmacy.',
    checklist: [
      ['ethics', '!Says plainly that a mistake was made, and by whom', 2],
      ['ethics', 'Says sorry, without an excuse'],
      ['history', 'Asks how many tablets, since when, about fever, bleeding and bruises'],
      ['safety', '!Stops it, and has blood taken today', 2],
      ['management', 'Asks for specialist advice, and says when he would be admitted'],
      ['communication', 'Bears the anger without defending'],
      ['ethics', 'Says how it will be looked into, and how he can complain'],
    ],
  },
]
