import type { QueryClient } from '@tanstack/react-query'
import { me } from '../me.ts'

// What somebody typed survives a reload, and being asked to sign in again. Fields are the browser's, so what stands in them is
// looked up at the last moment, and put back when the same person sees the same field on the same page, in this tab.
const place = 'vivavoce.typed'

type Typed = { person: string; page: string; fields: [form: number, name: string, text: string][] }

export function keepTyped(client: QueryClient): void {
  window.addEventListener('pagehide', () => holdTyped(client))
  const held = () => JSON.parse(sessionStorage.getItem(place) ?? 'null') as Typed | null
  let waiting = held()
  window.addEventListener('vivavoce:held', () => (waiting = held()))
  new MutationObserver(() => {
    if (waiting?.page !== location.pathname || waiting.person !== personIn(client)) return
    const fields = waiting.fields.filter((field) => !putBack(field))
    waiting = fields.length > 0 ? { ...waiting, fields } : null
    if (!waiting) sessionStorage.removeItem(place)
  }).observe(document.body, { childList: true, subtree: true })
}

export function holdTyped(client: QueryClient): void {
  const person = personIn(client)
  const fields = [...document.forms].flatMap((form, at) =>
    fieldsOf(form).flatMap((field): Typed['fields'] =>
      field.name && field.value !== field.defaultValue ? [[at, field.name, field.value]] : [],
    ),
  )
  if (!person || fields.length === 0) return
  sessionStorage.setItem(place, JSON.stringify({ person, page: location.pathname, fields } satisfies Typed))
  window.dispatchEvent(new Event('vivavoce:held'))
}

function putBack([form, name, text]: Typed['fields'][number]): boolean {
  const field = document.forms[form] && fieldsOf(document.forms[form]).find((field) => field.name === name)
  if (!field) return false
  // By the element's own setter, and said to React: a field that it controls would else not know.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')?.set?.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  return true
}

type Field = HTMLInputElement | HTMLTextAreaElement
const fieldsOf = (form: HTMLFormElement) => [...form.elements].filter(isKept)
// No secrets, and no codes.
const isKept = (element: Element): element is Field =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement &&
    ['text', 'email', 'search', 'url', 'tel', 'number', 'date', 'time'].includes(element.type) &&
    !/one-time-code|password/.test(element.autocomplete))

const personIn = (client: QueryClient): string | undefined => {
  const who = client.getQueryData(me.queryKey)
  return who && who !== 'pending' ? who.id : undefined
}
