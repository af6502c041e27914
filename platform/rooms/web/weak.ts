// Whether a line carries pictures beside the sound. Loses too much, or has too little: then sound alone, said so, and a try
// again later, each time after a longer wait.

export type Line = {
  /** Shares of what is sent and of what comes that is lost. */
  lostThere: number
  lostHere: number
  /** Bits a second the browser thinks the line takes, while pictures are sent over it. */
  takes: number | undefined
}

const muchLost = 0.08 // above it speech loses syllables (Opus mends some 5 to 10 %)
const tooLittle = 120_000 // bits a second; sound takes 40 of them, and pictures below 80 are not worth it

export const isPoor = ({ lostThere, lostHere, takes }: Line): boolean =>
  Math.max(lostThere, lostHere) > muchLost || (takes !== undefined && takes < tooLittle)

/** With three others it is my own line when most of them say so; else it is one of theirs, who sees the same and says it. */
export const isMine = (lines: readonly Line[]): boolean => lines.length > 0 && lines.filter(isPoor).length * 2 > lines.length

export type Judgement = { pictures: boolean; poorSince?: number; goodSince?: number; tries: number; since: number }
export const fine = (now: number): Judgement => ({ pictures: true, tries: 0, since: now })

// A passing lorry is no weak line. Of two who both lose much nobody knows whose line it is; so one of them waits a little longer,
// finds the other one without pictures, and says nothing.
const patience = { first: 6_000, second: 10_000 }
const rest = 15_000 // before the first try again; then twice that, and twice that, up to
const longestRest = 120_000
const proved = 60_000 // pictures that went well for so long: the line is as if it had never been weak

export function judge(before: Judgement, poor: boolean, now: number, place: keyof typeof patience = 'first'): Judgement {
  const { pictures, tries, since, poorSince, goodSince } = before
  if (pictures) {
    const healed = tries > 0 && now - since > proved ? 0 : tries
    if (!poor) return { pictures, tries: healed, since }
    const from = poorSince ?? now
    return now - from >= patience[place]
      ? { pictures: false, tries: healed + 1, since: now }
      : { pictures, tries: healed, since, poorSince: from }
  }
  if (poor) return { pictures, tries, since }
  const from = goodSince ?? now
  const wait = Math.min(rest * 2 ** (tries - 1), longestRest)
  return now - from >= wait ? { pictures: true, tries, since: now } : { pictures, tries, since, goodSince: from }
}
