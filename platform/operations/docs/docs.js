// The page at /api/docs: fetches /api/openapi.json and lists its operations; each is drawn when it is first opened.
import { el } from './dom.js'
import { operationDetails } from './operation.js'
import { readFrom } from './schema.js'

const at = (id) => document.getElementById(id)
const [place, parts, filter] = [at('operations'), at('parts'), at('filter')]
let rows = []

filter.addEventListener('input', narrow)
at('all').addEventListener('click', showAll)
at('again').addEventListener('click', () => load().then(() => (at('failed').hidden ? place : at('again')).focus()))
window.addEventListener('hashchange', openLinked)
load()

async function load() {
  at('loading').hidden = false
  at('failed').hidden = true
  const api = await fetch('/api/openapi.json', { signal: AbortSignal.timeout(20_000) })
    .then((answer) =>
      answer.ok ? answer.json() : Promise.reject(new Error(`The server answered ${answer.status} instead of the document.`)),
    )
    .catch((error) => {
      at('why').textContent = whyNot(error)
      at('failed').hidden = false
    })
  at('loading').hidden = true
  if (api) show(api)
}

function whyNot(error) {
  if (error.name === 'TimeoutError') return 'The server did not answer within 20 seconds.'
  if (error instanceof SyntaxError) return 'The server answered, but not with a document this page can read.'
  if (error instanceof TypeError)
    return navigator.onLine ? 'The server could not be reached. Is it still running?' : 'This browser is offline.'
  return error.message
}

function show(api) {
  readFrom(api)
  const groups = Map.groupBy(operationsOf(api), ({ tags }) => tags?.[0] ?? 'other')
  rows = []
  place.replaceChildren(...[...groups].map(([tag, operations]) => group(tag, operations, api)))
  parts.replaceChildren(...[...groups].map(([tag, { length }]) => partLink(tag, length)))
  at('empty').hidden = rows.length > 0
  narrow()
  openLinked()
}

function operationsOf(api) {
  const methods = ['get', 'post', 'put', 'patch', 'delete']
  return Object.entries(api.paths ?? {}).flatMap(([path, item]) => {
    const offered = methods.filter((method) => item[method])
    return offered.map((method) => {
      const { operationId: name = `${method} ${path}`, summary: title = sentence(name), ...rest } = item[method]
      const parameters = [...(item.parameters ?? []), ...(rest.parameters ?? [])]
      return { ...rest, name, title, path, parameters, method: method.toUpperCase() }
    })
  })
}

// takeSeat → Take seat
const sentence = (name) => capital(name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1)

function partLink(tag, count) {
  return el('a', { href: `#part-${tag}`, 'data-part': tag }, el('i'), capital(tag), ' ', el('small', {}, count))
}

function group(tag, operations, api) {
  const about = api.tags?.find(({ name }) => name === tag)?.description
  const title = el('h2', { id: `part-${tag}`, tabindex: '-1' }, capital(tag))
  return el('section', { 'data-part': tag, 'aria-labelledby': title.id }, title, about && el('p', {}, about), operations.map(row))
}

function row(operation) {
  const { name, method, path, title } = operation
  const details = el('div', { class: 'details', id: `${name}-details`, hidden: true })
  const call = el('span', { class: 'call' }, el('span', { class: 'method' }, method), ' ', breakable(path))
  const said = el('span', { class: 'title' }, title, operation.deprecated && ' (going away)')
  const button = el('button', { id: name, 'aria-expanded': 'false', 'aria-controls': details.id }, call, said)
  const node = el('article', { 'aria-labelledby': name }, el('h3', {}, button), details)
  const text = [name, method, path, title, operation.tags, Object.keys(operation['x-refusals'] ?? {})].flat().join(' ').toLowerCase()
  button.addEventListener('click', () => open(details.hidden))
  rows.push({ name, node, text, open, button })
  return node

  function open(yes) {
    if (yes && !details.firstChild) details.append(...operationDetails(operation))
    if (yes) history.replaceState(null, '', `#${name}`)
    details.hidden = !yes
    button.setAttribute('aria-expanded', yes)
  }
}

// A long path breaks before a slash.
const breakable = (path) =>
  el(
    'code',
    {},
    path.split(/(?=\/)/).map((part) => [el('wbr'), part]),
  )

function narrow() {
  const wanted = filter.value.toLowerCase().split(/\s+/)
  for (const { node, text } of rows) node.hidden = !wanted.every((word) => text.includes(word))
  for (const part of place.children) part.hidden = !part.querySelector('article:not([hidden])')
  for (const link of parts.children) link.hidden = at(`part-${link.dataset.part}`).parentNode.hidden
  const shown = rows.filter(({ node }) => !node.hidden).length
  at('found').textContent = !rows.length ? '' : shown < rows.length ? `${shown} of ${rows.length} operations` : `${shown} operations`
  document.body.classList.toggle('filtering', filter.value !== '')
  at('none').hidden = shown > 0 || rows.length === 0
}

function showAll() {
  filter.value = ''
  narrow()
  filter.focus()
}

function openLinked() {
  const name = decodeURIComponent(location.hash.slice(1))
  const linked = rows.find((row) => row.name === name)
  if (linked?.node.hidden) showAll()
  // A problem's `type` points here by its code: show the operations that refuse so.
  if (name && !linked && !at(name) && rows.some(({ text }) => text.split(' ').includes(name))) {
    filter.value = name
    narrow()
  }
  linked?.open(true)
  const target = linked?.button ?? at(name)
  target?.scrollIntoView()
  target?.focus({ preventScroll: true })
}
