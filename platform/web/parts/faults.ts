/** What stands in the way of sending these fields, by their names: found by the browser's own rules, said in our words. */
export function faultsIn(form: HTMLFormElement): Record<string, string> {
  const faulty = [...form.elements].filter((element) => isField(element) && !element.checkValidity()) as Field[]
  return Object.fromEntries(faulty.map((field) => [field.name, saysOf(field)]))
}

/** To the first thing that is said to be wrong: its field, or what was refused. */
export const goToFault = (form: HTMLFormElement) =>
  form.querySelector<HTMLElement>('[aria-invalid="true"], [data-faulty] :is(button, input[type=radio]), .refused')?.focus()

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
const isField = (element: Element): element is Field => element.matches('input, select, textarea')

function saysOf({ validity, type, validationMessage }: Field): string {
  if (validity.valueMissing) return missing[type] ?? 'Fill this in.'
  if (validity.typeMismatch && type === 'email') return 'This is not an e-mail address. One looks like name@example.org.'
  if (validity.patternMismatch) return 'This does not match what is asked for.'
  return validationMessage
}
const missing: Record<string, string> = {
  checkbox: 'Tick this to go on.',
  radio: 'Choose one of these.',
  'select-one': 'Choose one of these.',
}
