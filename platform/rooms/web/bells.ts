import { sound } from './levels.ts'

// Sounds are made, not fetched. Whoever does not want them turns them off; what they say is always seen as well.

const place = 'vivavoce.bells'
export const bellsAreOn = (): boolean => localStorage.getItem(place) !== 'off'
export const turnBells = (on: boolean): void => localStorage.setItem(place, on ? 'on' : 'off')

/** A small bell: once within a phase, twice at its end. */
export function ring(times: number): void {
  if (!bellsAreOn()) return
  const context = sound()
  for (let time = 0; time < times; time++) strike(context, context.currentTime + time * 0.45, 1_046)
}

/** Somebody waits, or has come: two soft notes. */
export function chime(): void {
  if (!bellsAreOn()) return
  const context = sound()
  for (const [index, note] of [523, 659].entries()) strike(context, context.currentTime + index * 0.16, note, 0.12)
}

// A bell is its tone and two that do not fit, each gone sooner than the one before.
function strike(context: AudioContext, at: number, note: number, loud = 0.25): void {
  for (const [ratio, share, lasts] of [
    [1, 1, 1.4],
    [2.76, 0.35, 0.7],
    [5.4, 0.15, 0.35],
  ] as const) {
    const gain = new GainNode(context, { gain: 0 })
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(loud * share, at + 0.005)
    gain.gain.exponentialRampToValueAtTime(0.0005, at + lasts)
    const tone = new OscillatorNode(context, { frequency: note * ratio })
    tone.connect(gain).connect(context.destination)
    tone.start(at)
    tone.stop(at + lasts)
  }
}
