// Trying an operation: its command line, kept in step with a form, and the server's real answer.
import { el, facts, listing } from './dom.js'
import { field } from './field.js'

// The token stays in this field; the command line names a variable instead of showing it.
const token = document.getElementById('token')

export function tryIt(operation, inputs) {
  const { title, method } = operation
  const writes = method !== 'GET'
  const fields = inputs.map((input) => field(operation, input))
  const key = keyField(operation, step)
  const command = listing(`Command line for “${title}”`)
  const send = el('button', { class: 'button main' }, 'Send')
  const stop = el('button', { type: 'button', class: 'button', hidden: true, click: () => waiting.abort() }, 'Stop waiting')
  const outcome = el('p', { role: 'status' })
  const answer = el('div', { class: 'answer' })
  const real = writes && 'This is real: what it does stays done. '
  const note = el('p', { class: 'hint' }, real, el('a', { href: '#token' }, 'Change who is asking'))
  const row = el('div', { class: 'row' }, send, stop)
  const form = el('form', { novalidate: true, input: step, submit, 'aria-label': `Try “${title}”` })
  form.append(...fields.map(({ node }) => node), ...(writes ? [key.node] : []), note, row)
  let waiting
  step()
  return [
    el('section', {}, el('h4', {}, 'On the command line'), command, copyButton(command)),
    el('section', {}, el('h4', {}, 'Try it'), form, outcome, answer),
  ]

  function step() {
    command.textContent = curl(operation, asked('example'))
  }

  function asked(kind) {
    const values = fields.map((one) => ({ ...one.input, value: one[kind]() })).filter(({ value }) => value !== undefined)
    return request(operation, values, key.control.value)
  }

  async function submit(event) {
    event.preventDefault()
    if (waiting) return
    const wrong = fields.filter((one) => !one.check())
    if (wrong.length) return wrong[0].control.focus()
    waiting = new AbortController()
    stop.hidden = false
    answer.replaceChildren()
    say('', 'Waiting for the answer …')
    const { tone, text, errors = [], shown = [] } = await exchange(asked('typed'), waiting.signal)
    const again = key.control.value ? 'With the same Idempotency-Key it is safe to send again.' : 'Look before you send it again.'
    say(tone, tone === 'unsure' && writes ? `${text} The server may have done the work all the same. ${again}` : text)
    answer.replaceChildren(...shown)
    for (const { field, says } of errors) fields.find(({ input }) => input.name === field.split('.')[0])?.complain(`${field}: ${says}`)
    if (document.activeElement === stop) send.focus()
    stop.hidden = true
    waiting = undefined
  }

  function say(tone, text) {
    outcome.className = `outcome ${tone}`
    outcome.textContent = text
  }
}

function keyField({ name }, changed) {
  const id = `${name}.idempotency-key`
  const control = el('input', { id, autocomplete: 'off', spellcheck: 'false', 'aria-describedby': `${id}-hint` })
  const button = el('button', { type: 'button', class: 'button', click: make }, 'Make a key')
  const label = el('label', { for: id }, el('code', {}, 'Idempotency-Key'), ' (optional)')
  const hint = el('p', { class: 'hint', id: `${id}-hint` }, 'Sent twice with the same key, it is done once.')
  return { control, node: el('div', { class: 'field' }, label, el('div', { class: 'row' }, control, button), hint) }

  function make() {
    // crypto.randomUUID exists on https and localhost only; on a plain address the key is as random without it.
    control.value = crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-')
    changed()
  }
}

function request({ method, path, requestBody }, values, key) {
  const from = (place) => values.filter(({ where }) => where === place)
  const filled = from('path').reduce((url, { name, value }) => url.replace(`{${name}}`, encodeURIComponent(value)), path)
  const query = new URLSearchParams(from('query').flatMap(({ name, value }) => [value].flat().map((one) => [name, plain(one)])))
  const url = location.origin + filled + (query.size ? `?${query}` : '')
  const headers = Object.fromEntries(from('header').map(({ name, value }) => [name, plain(value)]))
  if (key) headers['Idempotency-Key'] = key
  if (!requestBody) return { method, url, headers }
  const body = from('body')
  const sent = body[0]?.whole ? body[0].value : Object.fromEntries(body.map(({ name, value }) => [name, value]))
  return { method, url, headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(sent) }
}

const plain = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))

function curl(operation, { method, url, headers, body }) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(url)}`,
    operation['x-who'] !== 'anyone' && '-H "Authorization: Bearer $TOKEN"',
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    body && `-d ${quoted(body)}`,
  ]
  return lines.filter(Boolean).join(' \\\n  ')
}

function copyButton(command) {
  const said = el('span', { class: 'hint', role: 'status' })
  return el('div', { class: 'row' }, el('button', { class: 'button', click: copy }, 'Copy'), said)

  async function copy() {
    try {
      await navigator.clipboard.writeText(command.textContent)
      said.textContent = 'Copied.'
    } catch {
      getSelection().selectAllChildren(command)
      said.textContent = 'This browser does not let the page copy; the line is selected for you.'
    }
  }
}

async function exchange({ url, headers, ...rest }, signal) {
  const bearer = token.value.trim()
  // With a token the cookie stays home, so that it is clear who asked.
  const asking = bearer ? { credentials: 'omit', headers: { ...headers, Authorization: `Bearer ${bearer}` } } : { headers }
  const started = performance.now()
  let failure = { tone: 'warn', text: 'Not sent: a header, perhaps the access token, holds a character that headers cannot carry.' }
  let response, body
  try {
    const question = new Request(url, { ...rest, ...asking, signal, cache: 'no-store' })
    failure = { tone: 'unsure', text: 'No answer: the server could not be reached, or it closed the connection.' }
    response = await fetch(question)
    failure.text = `${response.status}, but then the connection was lost in the middle of the answer.`
    body = await bodyOf(response)
  } catch {
    if (signal.aborted) failure.text = 'You stopped waiting.'
    return navigator.onLine ? failure : { ...failure, text: `${failure.text} This browser is offline.` }
  }
  return { ...verdict(response.status, body), shown: [headersOf(response, performance.now() - started), bodyView(body)] }
}

async function bodyOf(response) {
  const type = response.headers.get('content-type') ?? ''
  if (type && !/json|text|xml/.test(type)) return { text: `${(await response.blob()).size} bytes of ${type}` }
  const text = await response.text()
  try {
    const value = JSON.parse(text)
    return { value, text: JSON.stringify(value, null, 2) }
  } catch {
    return { text }
  }
}

function verdict(status, { value }) {
  if (status < 300) return { tone: 'good', text: `${status}, done.` }
  if (status < 500) return { tone: 'warn', text: `${status}, refused${value?.code ? `: ${value.code}` : ''}.`, errors: value?.errors }
  return { tone: 'bad', text: `${status}: it failed on the server’s side. The request id finds it in the log.` }
}

function headersOf({ headers }, milliseconds) {
  const telling = ['x-request-id', 'retry-after', 'location', 'etag'].filter((name) => headers.has(name))
  return facts([['time', `${Math.round(milliseconds)} ms`], ...telling.map((name) => [name, headers.get(name)])])
}

function bodyView({ text }) {
  const view = text ? listing('Body of the answer') : el('p')
  view.textContent = text || 'The answer has no body.'
  return view
}
