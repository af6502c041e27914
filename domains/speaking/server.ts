import type { Part } from '#platform/part.ts'
import { showSpeaking } from './demo.ts'
import { speakingOfPerson } from './person.ts'

export const speaking: Part = { name: 'speaking', people: [speakingOfPerson], demo: showSpeaking }
