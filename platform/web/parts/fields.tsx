import { Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useFault } from './form.tsx'

// Fields of a <Form>: each by its name, uncontrolled, so that the browser keeps what was typed.
type FieldProps = { name: string; label: ReactNode; help?: ReactNode; optional?: boolean; defaultValue?: string | undefined }

export type TextFieldProps = FieldProps & {
  type?: 'text' | 'email' | 'search' | 'url' | 'tel' | 'number'
  autoComplete?: string
  inputMode?: 'numeric' | 'text' | 'email'
  maxLength?: number
  autoFocus?: boolean
  pattern?: string
}

export function TextField({ name, help, optional, ...rest }: TextFieldProps) {
  return <TextInput name={name} description={help} required={!optional} withAsterisk={false} error={useFault(name)} {...rest} />
}

export function LongField({ name, help, optional, rows = 3, ...rest }: FieldProps & { rows?: number; maxLength?: number }) {
  return <Textarea name={name} description={help} required={!optional} withAsterisk={false} error={useFault(name)} rows={rows} {...rest} />
}

export function PasswordField({ name, help, optional, ...rest }: FieldProps & { autoComplete: 'current-password' | 'new-password' }) {
  const fault = useFault(name)
  return (
    <PasswordInput
      name={name}
      description={help}
      required={!optional}
      withAsterisk={false}
      error={fault}
      aria-invalid={fault !== undefined || undefined}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
      {...rest}
    />
  )
}

export type Choice = { value: string; label: string }

type ChoiceFieldProps = FieldProps & {
  choices: readonly Choice[]
  /** Where something else on the page depends on it. */
  onChoose?: (value: string) => void
}

export function ChoiceField({ name, help, optional, choices, onChoose, ...rest }: ChoiceFieldProps) {
  return (
    <NativeSelect
      name={name}
      onChange={onChoose && (({ currentTarget: { value } }) => onChoose(value))}
      description={help}
      required={!optional}
      withAsterisk={false}
      error={useFault(name)}
      data={[...choices]}
      rightSection={down}
      {...rest}
    />
  )
}

export const down = (
  <svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" aria-hidden>
    <path d="M4 6.5 8 10.5 12 6.5" />
  </svg>
)

/** Sends "on" when it is ticked, and nothing otherwise. */
export function TickField({ name, label, help, optional }: Omit<FieldProps, 'defaultValue'>) {
  const fault = useFault(name)
  return (
    <Checkbox
      name={name}
      label={label}
      description={help}
      required={!optional}
      error={fault}
      aria-invalid={fault !== undefined || undefined}
    />
  )
}
