// Before anything is drawn: light or dark, where somebody chose it (Mantine keeps it).
const chosen = localStorage.getItem('mantine-color-scheme-value')
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.mantineColorScheme = chosen

// A stranger's page says all it has to say without the app, which comes when that has been drawn; at once where nobody looks.
const { app, styles } = document.currentScript.dataset
const come = () =>
  document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: styles, onload: () => void import(app) }))
if (app && document.visibilityState === 'hidden') come()
else if (app) new PerformanceObserver((_, paint) => (paint.disconnect(), come())).observe({ type: 'paint', buffered: true })
