import type { Plugin } from 'vite'

// React holds what has loaded back until 300 ms after the last skeleton, and has no setting for it
// (docs/decisions/0019-shown-when-it-is-here.md).
const held = 'globalMostRecentFallbackTime + 300 - now()'

/** Shows what has loaded when it has loaded. */
export const unheld = (): Plugin => ({
  name: 'unheld',
  apply: 'build',
  transform: {
    filter: { id: /react-dom-client\.production\.js$/ },
    handler(code) {
      if (!code.includes(held)) throw new Error(`React holds back in other words now: look for ${held}, and see unheld.ts`)
      return { code: code.replaceAll(held, '0'), map: null }
    },
  },
})
