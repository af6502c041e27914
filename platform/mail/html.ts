import type { Content } from './content.ts'

/** A mail as HTML: our look in what mail programs understand. No image, no table, nothing fetched; styles stand with their elements, and only what the dark changes is above them. */
export function htmlOf({ subject, greeting, paragraphs, action, code, footnote }: Content): string {
  const parts = [
    `<p class="brand" style="margin:0 0 24px;color:${light.brand};font-family:${voice};font-size:19px">Vivavoce</p>`,
    `<h1 style="margin:0 0 24px;font-family:${voice};font-size:28px;font-weight:500;line-height:1.2">${escaped(subject)}</h1>`,
    ...[greeting, ...paragraphs].filter((text) => text !== undefined).map((text) => `<p style="margin:0 0 16px">${lines(text)}</p>`),
    ...(code === undefined ? [] : [codeOf(code)]),
    ...(action === undefined ? [] : [actionOf(action)]),
    ...(footnote === undefined ? [] : [`<p class="quiet" style="${small};margin:32px 0 0">${lines(footnote)}</p>`]),
  ]
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(subject)}</title>
<style>
:root { color-scheme: light dark }
@media (prefers-color-scheme: dark) {
  .page { background-color: ${dark.paper} !important; color: ${dark.ink} !important }
  .quiet { color: ${dark.quiet} !important }
  .brand, .quiet a { color: ${dark.brand} !important }
  .act { background-color: ${dark.brand} !important; color: ${dark.onBrand} !important }
  .code { background-color: ${dark.shade} !important }
}
</style>
</head>
<body class="page" style="margin:0;padding:32px 16px;background-color:${light.paper};color:${light.ink};font-family:${sans};font-size:16px;line-height:1.5">
<div style="max-width:544px;margin:0 auto">
${parts.join('\n')}
</div>
</body>
</html>
`
}

function codeOf(code: string): string {
  return `<p class="code" style="margin:24px 0;padding:16px;border-radius:10px;background-color:${light.shade};font-family:${mono};font-size:24px;letter-spacing:0.12em;text-align:center">${escaped(code)}</p>`
}

// The address once more as text: for whom the button does nothing, and for whoever looks before they click.
function actionOf({ label, url }: NonNullable<Content['action']>): string {
  const href = escaped(url)
  return `<p style="margin:24px 0"><a class="act" href="${href}" style="display:inline-block;padding:12px 20px;border-radius:10px;background-color:${light.brand};color:${light.onBrand};font-weight:600;text-decoration:none">${escaped(label)}</a></p>
<p class="quiet" style="${small};margin:0 0 16px">Or open this address:<br><a href="${href}" style="color:${light.brand};word-break:break-all">${href}</a></p>`
}

/** Text as it may stand in an element or in a quoted attribute. */
export const escaped = (text: string) => text.replace(/[&<>"']/g, (letter) => entities[letter]!)
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const lines = (text: string) => escaped(text).replaceAll('\n', '<br>')

// The look's tokens in sRGB: mail programs know no oklch().
const light = { paper: '#fcfaf6', shade: '#f5f2ec', ink: '#102324', quiet: '#4a5c5d', brand: '#035f5c', onBrand: '#f8fdfc' }
const dark = { paper: '#0c1616', shade: '#1a2727', ink: '#eeebe4', quiet: '#a2aea7', brand: '#68c4b8', onBrand: '#021817' }
const voice = 'Newsreader,Georgia,serif'
const sans = 'Figtree,system-ui,-apple-system,Segoe UI,Roboto,sans-serif'
const mono = 'ui-monospace,SFMono-Regular,Menlo,Consolas,monospace'
const small = `color:${light.quiet};font-size:14px`
