// How loud somebody is, from 0 to 1, as an eye wants to see it: speech fills half of it, silence none.

let context: AudioContext | undefined
/** One for the page: browsers allow few. It sleeps until somebody has touched the page. */
export function sound(): AudioContext {
  context ??= new AudioContext()
  if (context.state === 'suspended') void context.resume()
  return context
}

/** Looks some ten times a second. Returns how to stop. */
export function watchLevel(track: MediaStreamTrack, then: (level: number) => void): () => void {
  const source = sound().createMediaStreamSource(new MediaStream([track]))
  const analyser = new AnalyserNode(sound(), { fftSize: 512 })
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    then(levelOf(samples))
  }, 100)
  return () => {
    clearInterval(timer)
    source.disconnect()
  }
}

export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  return scaled(Math.sqrt(power))
}

/** From what a line or a browser calls loud (0 to 1, linear) to what is shown: 60 dB down is nothing. */
export const scaled = (loud: number): number => (loud <= 0.001 ? 0 : Math.min(1, 1 + Math.log10(loud) / 3))

// Speech pauses between words; whoever spoke half a second ago still speaks.
const speaks = 0.45
const lasts = 600
export function speaking(): (level: number, now?: number) => boolean {
  let last = -Infinity
  return (level, now = performance.now()) => {
    if (level >= speaks) last = now
    return now - last < lasts
  }
}
