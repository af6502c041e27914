// JSON Schema, as our operations print it, in words a person reads.
import { el } from './dom.js'

let root = {}
export const readFrom = (document) => {
  root = document
}

// A schema with its $ref and allOf resolved one level deep; `ref` remembers where it came from.
export function follow(schema) {
  const { $ref, allOf = [], ...own } = typeof schema === 'object' ? schema : {}
  const target = $ref && { ...follow(pointedAt($ref)), ref: $ref }
  return [target, ...allOf.map(follow), own].reduce((whole, part = {}) => {
    const properties = part.properties && { properties: { ...whole.properties, ...part.properties } }
    const required = Array.isArray(part.required) && { required: [...(whole.required ?? []), ...part.required] }
    return { ...whole, ...part, ...properties, ...required }
  }, {})
}

function pointedAt(ref) {
  const keys = ref.split('/').slice(1)
  return keys.reduce((at, key) => at?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], root)
}

function alternatives(schema) {
  const whole = follow(schema)
  const several = whole.anyOf ?? whole.oneOf ?? (Array.isArray(whole.type) && whole.type.map((type) => ({ ...whole, type })))
  return several ? several.flatMap(alternatives) : [whole]
}

// What a value may be: its alternatives without null, and whether null is one.
export function choices(schema) {
  const all = alternatives(schema)
  const some = all.filter((one) => one.type !== 'null' && one.const !== null)
  return { some, nullable: some.length < all.length || all.some((one) => one.enum?.includes(null)) }
}

// The listed values, if nothing else is allowed.
export function listed(schema) {
  const values = choices(schema).some.map((one) => one.enum ?? ('const' in one ? [one.const] : undefined))
  return values.length && values.every(Boolean) ? values.flat().filter((value) => value !== null) : undefined
}

const nouns = {
  uuid: ['id (UUID)', 'ids (UUID)'],
  'date-time': ['date and time', 'dates and times'],
  date: ['date', 'dates'],
  time: ['time of day', 'times of day'],
  duration: ['duration', 'durations'],
  email: ['e-mail address', 'e-mail addresses'],
  uri: ['web address', 'web addresses'],
  string: ['text', 'texts'],
  integer: ['whole number', 'whole numbers'],
  number: ['number', 'numbers'],
  boolean: ['true or false', 'true or false values'],
  object: ['object', 'objects'],
}

// `above` ends a schema that contains itself, here and in shape.
export function words(schema, many = 0, above = []) {
  const { ref } = follow(schema)
  if (ref && above.includes(ref)) return 'the same again'
  const { some, nullable } = choices(schema)
  const values = listed(schema)
  const said = values
    ? [values.length > 1 ? `one of ${values.join(', ')}` : `always ${values[0]}`]
    : some.map((one) => word(one, many, [...above, ref]))
  return [...new Set(said), ...(nullable ? ['null'] : [])].join(' or ')
}

function word({ type, format, items, prefixItems, additionalProperties: each, properties }, many, above) {
  if (prefixItems) return `list of ${prefixItems.map((item) => words(item, 0, above)).join(', then ')}`
  if (type === 'array') return `${many ? 'lists' : 'list'} of ${words(items, 1, above)}`
  if (type === 'object' && !properties && typeof each === 'object') return `${words(each, 1, above)} by name`
  return (nouns[format] ?? nouns[type])?.[many] ?? type ?? 'anything'
}

// Zod prints the safe integers as bounds; they tell a reader nothing.
const safe = (bound) => Math.abs(bound ?? Number.MAX_SAFE_INTEGER) < Number.MAX_SAFE_INTEGER

export function limits(schema) {
  const whole = follow(schema)
  const [one = {}, ...others] = choices(schema).some
  const said = others.length || listed(schema) ? [] : bounds(one)
  if (whole.default !== undefined) said.push(`${JSON.stringify(whole.default)} if left out`)
  return said.join('; ')
}

function bounds(one) {
  const from = safe(one.minimum) ? one.minimum : undefined
  const to = safe(one.maximum) ? one.maximum : undefined
  const inner = one.items ?? one.additionalProperties
  const each = inner && !inner.$ref && limits(inner)
  return [
    span(one.minLength, one.maxLength, 'characters'),
    span(one.minItems, one.maxItems, 'items'),
    span(from, to, ''),
    safe(one.exclusiveMinimum) && `more than ${one.exclusiveMinimum}`,
    safe(one.exclusiveMaximum) && `less than ${one.exclusiveMaximum}`,
    one.multipleOf && `a multiple of ${one.multipleOf}`,
    one.pattern && !one.format && `matches ${one.pattern}`,
    each && `each ${each}`,
  ].filter(Boolean)
}

function span(from, to, unit) {
  if (from === undefined && to === undefined) return ''
  const size =
    from === to ? `exactly ${to}` : to === undefined ? `at least ${from}` : from === undefined ? `at most ${to}` : `${from} to ${to}`
  return `${size} ${unit}`.trim()
}

// What lies inside a value: nested lists of names and types.
export function shape(schema, above = []) {
  const { ref } = follow(schema)
  if (ref && above.includes(ref)) return again()
  const nested = choices(schema).some.map((one) => inside(one, above, ref))
  const told = nested.filter((nodes) => nested.length === 1 || nodes.some((node) => node.matches('ul')))
  return told.flatMap((nodes, at) => (at > 0 ? [el('p', { class: 'or' }, 'or'), ...nodes] : nodes))
}

const again = () => [el('p', { class: 'or' }, 'the same again, as above')]

function inside(one, above, ref) {
  if (one.ref && above.includes(one.ref)) return again()
  const path = [...above, ref, one.ref]
  if (one.items || one.prefixItems) return [one.items, ...(one.prefixItems ?? [])].filter(Boolean).flatMap((item) => shape(item, path))
  if (!one.properties) return typeof one.additionalProperties === 'object' ? shape(one.additionalProperties, path) : []
  const properties = Object.entries(one.properties).map(([name, property]) => {
    const missing = !one.required?.includes(name) && 'may be missing'
    const notes = [words(property), missing, limits(property), follow(property).description].filter(Boolean).join('; ')
    return el('li', {}, el('code', {}, name), ' ', el('span', {}, notes), shape(property, path))
  })
  return [el('ul', { class: 'shape' }, properties)]
}

// A value that fits, to start a form and a command line from.
export function sample(schema, depth = 0) {
  const whole = follow(schema)
  const [one = {}] = choices(schema).some
  const given = [whole.examples?.[0], whole.example, whole.default, listed(schema)?.[0]].find((value) => value !== undefined)
  if (given !== undefined) return given
  if (one.type === 'array') {
    const items = one.prefixItems ?? Array.from({ length: one.minItems ?? 1 }, () => one.items)
    return depth > 3 ? [] : items.map((item) => sample(item, depth + 1))
  }
  if (one.type === 'object' || one.properties) {
    const needed = depth > 4 ? [] : (one.required ?? [])
    return Object.fromEntries(needed.map((name) => [name, sample(one.properties?.[name], depth + 1)]))
  }
  if (one.type === 'integer' || one.type === 'number') return safe(one.minimum) ? one.minimum : 1
  if (one.type === 'boolean') return false
  return texts[one.format] ?? (one.type === 'string' ? 'text' : null)
}

const texts = {
  uuid: '00000000-0000-4000-8000-000000000000',
  'date-time': '2027-01-15T19:30:00Z',
  date: '2027-01-15',
  email: 'amara@example.org',
  uri: 'https://example.org',
}
