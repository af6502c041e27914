import { escaped } from './html.ts'
import type { Kept } from './outbox.ts'

/** The outbox as a page: no script, and whatever came from somebody is text. */
export function pageOf(mails: readonly Kept[]): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Outbox · Vivavoce</title>
<link rel="stylesheet" href="/outbox/outbox.css">
</head>
<body>
<main>
<h1>Outbox</h1>
<p class="quiet">This server has no mail server to send by, so its mails stay here for a week, for whoever sits at this machine. With <code>SMTP_URL</code> set they are sent, and this page is gone.</p>
<p><a href="/outbox">Look again</a></p>
${mails.length === 0 ? empty : mails.map(mailOf).join('\n')}
</main>
</body>
</html>
`
}

const empty = `<p class="empty">No mail yet. What the server would send, such as the link of somebody who signs up, appears here at once.</p>`

function mailOf({ id, to, kind, subject, text, createdAt }: Kept): string {
  return `<article aria-labelledby="mail-${id}">
<h2 id="mail-${id}">${escaped(subject)}</h2>
<dl>
<div><dt>To</dt><dd>${escaped(to)}</dd></div>
<div><dt>Written</dt><dd><time datetime="${createdAt}">${written(createdAt)}</time></dd></div>
<div><dt>Kind</dt><dd>${escaped(kind)}</dd></div>
</dl>
<div class="text">${linked(text)}</div>
<p><a href="/outbox/${id}" target="_blank">As it looks in a mail program<span class="unseen">: ${escaped(subject)} (opens a new tab)</span></a></p>
</article>`
}

const written = (at: string) => new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone: 'UTC' })

// In the mails we write an address stands on a line of its own; what follows it in somebody's own words is not part of it.
const linked = (text: string) =>
  text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/)
    .map((part, at) => (at % 2 === 0 ? escaped(part) : `<a href="${escaped(part)}">${escaped(part)}</a>`))
    .join('')
