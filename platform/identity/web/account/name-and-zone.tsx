import { lazy, Suspense } from 'react'
import { Button, TextInput } from '@mantine/core'
import { changeAccount, readMe } from '#platform/identity/account/api.ts'
import { useMe } from '#platform/web/me.ts'
import { TextField } from '#platform/web/parts/fields.tsx'
import { Form } from '#platform/web/parts/form.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { by, useAct } from '#platform/web/read.ts'
import { spoken, written, zones } from './zone-names.ts'

const ZoneField = lazy(async () => ({ default: (await import('./zone-field.tsx')).ZoneField })) // its list of zones is heavy

// A browser knows where its clock is set, not where its person lives: it is asked for, never taken.
const browsers = Intl.DateTimeFormat().resolvedOptions().timeZone

export function NameAndZone() {
  const { name, zone } = useMe()
  const shown = zone ? spoken(zone) : ''
  const change = useAct(by(changeAccount), { refreshes: [readMe], onDone: () => say('Saved') })
  return (
    <>
      {zone !== browsers && (
        <p className="suggested">
          <span>Your browser says {spoken(browsers)}. Use it?</span>
          <Button variant="default" loading={change.busy} onClick={() => change.run({ zone: browsers })}>
            Use {spoken(browsers)}
          </Button>
        </p>
      )}
      <Form act={change} submit="Save" into={({ name = '', zone }) => ({ name, zone: zone ? written(zone) : null })}>
        <TextField name="name" label="Name" defaultValue={name} autoComplete="name" maxLength={100} />
        <Suspense fallback={<TextInput name="zone" label="Time zone" description="One moment." value={shown} readOnly />}>
          <ZoneField key={zone} zone={zone} spoken={shown} zones={zones} />
        </Suspense>
      </Form>
    </>
  )
}
