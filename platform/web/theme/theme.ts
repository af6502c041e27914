import { createTheme, defaultVariantColorsResolver } from '@mantine/core'

// Values are in tokens.css; here Mantine only learns to use them, and gives its elements names that our style sheets know.
// By name, not by `Button.extend()`: a page loads only the elements it has.
export const theme = createTheme({
  fontFamily: 'var(--font-text)',
  headings: { fontFamily: 'var(--font-voice)' },
  defaultRadius: 'var(--radius-small)',
  primaryColor: 'brand',
  colors: { brand: Array.from({ length: 10 }, () => 'var(--brand)') as never },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'never', // base.css draws it, for everything alike
  // `variant="danger"`: for what takes something away.
  variantColorResolver: (input) =>
    input.variant === 'danger'
      ? { background: 'var(--sheet)', hover: 'var(--bad-wash)', color: 'var(--bad)', border: '1px solid var(--bad)' }
      : { ...defaultVariantColorsResolver(input), ...(input.variant === 'filled' ? { color: 'var(--brand-ink)' } : {}) },
  components: {
    Button: { classNames: { root: 'button' }, defaultProps: { loaderProps: { type: 'dots' } } },
    ActionIcon: { classNames: { root: 'icon-button' }, defaultProps: { variant: 'subtle' } },
    Input: { classNames: { wrapper: 'input' } },
    InputWrapper: { classNames: { label: 'input-label', description: 'input-help', error: 'input-error' } },
    Checkbox: { classNames: { root: 'tick', label: 'tick-label', description: 'input-help', error: 'input-error' } },
    Radio: { classNames: { root: 'tick', label: 'tick-label', description: 'input-help', error: 'input-error' } },
  },
})
