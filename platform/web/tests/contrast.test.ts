import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

// What the head of theme/tokens.css promises, computed from its own values.
const css = readFileSync(new URL('../theme/tokens.css', import.meta.url), 'utf8')
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\)/g)].map(([, name, light, dark]) => [
    name!,
    { light: luminance(light!), dark: luminance(dark!) },
  ]),
)
const grounds = ['paper', 'sheet', 'shade']
const hues = ['live', 'good', 'warn', 'bad', 'practice', 'care', 'speaking', 'mentoring', 'interviews']
const schemes = ['light', 'dark'] as const

for (const scheme of schemes) {
  const enough = scheme === 'light' ? 4.5 : 5
  test(`ink, quiet and teal can be read on every ground, ${scheme}`, () => {
    every(['ink'], grounds, scheme, 13)
    every(['quiet', 'brand'], grounds, scheme, 6)
  })
  test(`every other hue can be read on every ground, ${scheme}`, () => every(hues, grounds, scheme, enough))
  test(`what stands on teal and on the washes can be read, ${scheme}`, () => {
    every(['brand-ink'], ['brand'], scheme, enough)
    every(['ink', 'brand'], ['brand-wash'], scheme, enough)
    every(['ink', 'quiet', 'bad'], ['bad-wash'], scheme, enough)
    every(['paper'], ['ink'], scheme, 13)
  })
  test(`what one writes in or ticks has an edge that can be seen, ${scheme}`, () => every(['edge'], ['paper', 'sheet'], scheme, 3))
}

test('a colour without its dark half would go unnoticed: every token with a colour has two', () => {
  const single = [...css.matchAll(/--([\w-]+): oklch\(/g)].map(([, name]) => name)
  assert.deepEqual(single, [])
  assert.ok(tokens.size >= 20)
})

function every(above: string[], below: string[], scheme: (typeof schemes)[number], least: number): void {
  for (const one of above)
    for (const other of below) {
      const [brighter, darker] = [tokens.get(one)![scheme], tokens.get(other)![scheme]].sort((a, b) => b - a) as [number, number]
      const contrast = (brighter + 0.05) / (darker + 0.05)
      assert.ok(contrast >= least, `${one} on ${other}: ${contrast.toFixed(2)}:1, less than ${least}:1`)
    }
}

/** WCAG's relative luminance of "L C h": https://bottosson.github.io/posts/oklab, clipped to what a screen has. */
function luminance(oklch: string): number {
  const [lightness, chroma, hue] = oklch.split(' ').map(Number) as [number, number, number]
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  const clipped = (part: number) => Math.min(Math.max(part, 0), 1)
  return 0.2126 * clipped(red) + 0.7152 * clipped(green) + 0.0722 * clipped(blue)
}
