// Flesch–Kincaid: the American school grade in which a text is read with ease (Kincaid et al., 1975), and five years more for the
// age. Rough, and good enough to find the paragraph that a tired second-language reader has to read twice.
export function readingAge(text: string): number {
  const sentences = sentencesOf(text)
  const words = sentences.flatMap(wordsOf)
  if (words.length === 0) return 5
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59 + 5
}

export const wordsOf = (text: string): string[] => text.match(/[\p{L}\d]+(?:['’-][\p{L}\d]+)*/gu) ?? []

// A line of a list is a sentence, whether it ends with a stop or not; headings and the labels of lines are none.
const sentencesOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.replace(/^- (?:[^:“]{1,60}: )?/, '').split(/(?<=[.!?…])[”’)]*\s+/))
    .filter((sentence) => wordsOf(sentence).length > 0)

function syllablesOf(word: string): number {
  const letters = word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z]/g, '') // prettier-ignore
  if (letters.length <= 3) return 1
  const spoken = letters.replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, '').replace(/^y/, '')
  return Math.max(1, (spoken.match(/[aeiouy]{1,2}/g) ?? []).length)
}
