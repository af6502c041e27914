// One value of a request as a form field: how it looks, what was typed, and what is wrong with it.
import { el } from './dom.js'
import { choices, limits, listed, sample, words } from './schema.js'

export function field(operation, input) {
  const { name, where, schema, required = false } = input
  const { some, nullable } = choices(schema)
  const { control, parse, hint = words(schema) } = kindOf(schema, required)
  const id = `${operation.name}.${where}.${name}`
  const error = el('p', { class: 'error', id: `${id}-error` })
  const asNull = nullable && !listed(schema) && 'the word null sends null'
  const notes = [hint, limits(schema), !required && 'empty is left out', asNull].filter(Boolean).join('; ')
  control.id = id
  control.setAttribute('aria-describedby', `${id}-hint ${id}-error`)
  if (control.type !== 'checkbox') control.ariaRequired = String(required)
  const node = el(
    'div',
    { class: `field ${control.type}` },
    el('label', { for: id }, el('code', {}, name), !required && ' (optional)'),
    control,
    el('p', { class: 'hint', id: `${id}-hint` }, notes),
    error,
  )
  return { input, node, control, check, complain, typed: () => read().value, example }

  // The value to send, none if it is left out, or what is wrong with it.
  function read() {
    const typed = control.type === 'checkbox' ? control.checked : control.value
    if (nullable && typed === 'null') return { value: null }
    if (typed === '' && !required) return {}
    if (typed === '' && (where === 'path' || some[0]?.format || some[0]?.minLength)) return { wrong: 'This has to be filled in.' }
    return parse(typed)
  }

  function check() {
    const { wrong = '' } = read()
    complain(wrong)
    return !wrong
  }

  function complain(wrong) {
    error.textContent = wrong
    control.ariaInvalid = String(wrong !== '')
  }

  // For the command line: what was typed, or an example where something has to stand.
  function example() {
    const { value, wrong } = read()
    return wrong || (value === '' && required) ? sample(schema) : value
  }
}

function kindOf(schema, required) {
  const { some, nullable } = choices(schema)
  const type = some.length === 1 ? some[0].type : undefined
  const values = listed(schema) ?? (type === 'boolean' ? [true, false] : undefined)
  const plain = { autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false' }
  if (type === 'boolean' && required && !nullable) return { control: el('input', { type: 'checkbox' }), parse: (value) => ({ value }) }
  if (values) return { control: select([...values, ...(nullable ? [null] : [])], required), parse: json }
  if (type === 'string') return { control: el('input', plain), parse: (value) => ({ value }) }
  // Not type="number", which swallows what it cannot read: a text field lets us say so.
  if (type === 'number' || type === 'integer') return { control: el('input', { ...plain, inputmode: 'decimal' }), parse: number }
  const text = required ? JSON.stringify(sample(schema), null, 2) : ''
  const rows = Math.min(12, text.split('\n').length + 1)
  return { control: el('textarea', { ...plain, rows }, text), parse: json, hint: `JSON: ${words(schema)}` }
}

function select(values, required) {
  const options = values.map((value) => el('option', { value: JSON.stringify(value) }, String(value)))
  return el('select', {}, !required && el('option', { value: '' }, 'left out'), options)
}

function number(typed) {
  const value = Number(typed)
  return typed.trim() === '' || Number.isNaN(value) ? { wrong: 'This has to be a number.' } : { value }
}

function json(typed) {
  try {
    return { value: JSON.parse(typed) }
  } catch (error) {
    return { wrong: `This is not JSON yet: ${error.message}` }
  }
}
