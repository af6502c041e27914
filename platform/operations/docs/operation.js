// One operation, opened: who may call it, what it takes, gives and refuses, its command line, and a form to try it.
import { el, facts } from './dom.js'
import { choices, follow, limits, shape, words } from './schema.js'
import { tryIt } from './try.js'

const who = { anyone: 'Anyone, signed in or not', person: 'A signed-in person', service: 'The service key only' }

export function operationDetails(operation) {
  const inputs = inputsOf(operation)
  return [
    ...(operation.description ? [el('p', {}, operation.description)] : []),
    facts([
      ['Who may call it', who[operation['x-who']] ?? operation['x-who'] ?? 'Not stated'],
      ['Name', el('a', { href: `#${operation.name}` }, operation.name)],
    ]),
    el('section', {}, el('h4', {}, 'Takes'), inputs.length ? inputTable(inputs, operation) : el('p', {}, 'Nothing.')),
    el('div', { class: 'pair' }, gives(operation), refuses(operation)),
    ...tryIt(operation, inputs),
  ]
}

// Every value the caller sends. An object body is one input per property; any other body is one input called "body".
function inputsOf({ parameters, requestBody }) {
  const sent = parameters.map(follow).filter(({ name }) => name.toLowerCase() !== 'idempotency-key')
  const inputs = sent.map(({ in: where, ...parameter }) => ({ ...parameter, where }))
  const body = follow(requestBody)
  const schema = body.content?.['application/json']?.schema
  if (!schema) return inputs
  const [one, ...others] = choices(schema).some
  if (others.length || !one?.properties) return [...inputs, { name: 'body', where: 'body', schema, required: body.required, whole: true }]
  const properties = Object.entries(one.properties)
  return [...inputs, ...properties.map(([name, schema]) => ({ name, where: 'body', schema, required: one.required?.includes(name) }))]
}

// On a narrow screen the rows stack; the roles keep it a table there.
function inputTable(inputs, { title }) {
  const heads = ['Name', 'Where', 'Type', 'Required', 'Limits'].map((head) => el('th', { role: 'columnheader', scope: 'col' }, head))
  const rows = inputs.map(({ name, where, schema, required, description = follow(schema).description }) => {
    const type = [words(schema), description && el('p', { class: 'hint' }, description), shape(schema)]
    const cells = [where, type, required ? 'required' : 'optional', limits(schema)].map((cell) => el('td', { role: 'cell' }, cell))
    return el('tr', { role: 'row' }, el('th', { role: 'rowheader', scope: 'row' }, el('code', {}, name)), cells)
  })
  return el(
    'table',
    { role: 'table', 'aria-label': `What “${title}” takes` },
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, heads)),
    el('tbody', { role: 'rowgroup' }, rows),
  )
}

function gives({ responses = {} }) {
  const [status, answer] = Object.entries(responses).find(([status]) => status.startsWith('2')) ?? ['200', {}]
  const [[type, { schema } = {}] = ['']] = Object.entries(follow(answer).content ?? {})
  const what = type.endsWith('json') ? words(schema) : type || 'nothing but the status'
  return el('section', {}, el('h4', {}, 'Gives back'), el('p', {}, el('code', {}, status), ` ${what}`), schema && shape(schema))
}

const meaning = {
  400: 'not understood',
  401: 'not signed in',
  403: 'not allowed',
  404: 'not there',
  409: 'not as things stand',
  422: 'not with these values',
  429: 'too often',
}

// By status, each with the names it may bear: the operation's own, and those its description sets in backticks.
function refuses({ responses = {}, 'x-refusals': names = {} }) {
  const plain = Object.keys(responses).filter((status) => status >= 400)
  const statuses = [...new Set([...plain, ...Object.values(names).map(String)])].sort()
  const rows = statuses.map((status) => {
    const { description = '' } = follow(responses[status])
    const own = Object.keys(names).filter((name) => String(names[name]) === status)
    const named = [...new Set([...description.matchAll(/`(\w+)`/g)].map(([, name]) => name).concat(own))]
    const list = named.map((name) => el('li', {}, el('code', {}, name)))
    const what = (named.length && meaning[status]) || description
    return [[el('code', {}, status), ` ${what}`], list.length > 0 && el('ul', {}, list)]
  })
  return el('section', {}, el('h4', {}, 'Refuses'), rows.length ? facts(rows, 'refusals') : el('p', {}, 'Nothing by a name of its own.'))
}
