import { createTheme } from '@mantine/core'

// Values are in tokens.css; here Mantine only learns to use them.
export const theme = createTheme({
  fontFamily: 'var(--font-text)',
  headings: { fontFamily: 'var(--font-voice)' },
  defaultRadius: 'var(--radius-small)',
  primaryShade: 9,
  cursorType: 'pointer',
  respectReducedMotion: true,
})
