import { useState } from 'react'
import { Button, Switch } from '@mantine/core'
import '@mantine/core/styles/Switch.css'
import { useSuspenseQuery } from '@tanstack/react-query'
import { changeChoices, readChoices, tryMe } from '#platform/notices/api.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { say } from '#platform/web/parts/toast.ts'
import { When } from '#platform/web/parts/when.tsx'
import { by, useAct, useRead } from '#platform/web/read.ts'
import { listBrowsers, pokeNoMore } from '../api.ts'
import { stateHere, turnOff, turnOn, type State } from './this-browser.ts'
import './on-your-devices.css'

/** Which browsers are poked, beginning with this one. */
export function OnYourDevices() {
  const { key, browsers } = useRead(listBrowsers, {})
  const { push } = useRead(readChoices, {})
  const { data: state } = useSuspenseQuery({
    queryKey: [listBrowsers.path, 'this one', key],
    queryFn: () => stateHere(key),
    staleTime: 0, // they come back from their browser's settings
  })
  const here = browsers.find(({ this_one }) => this_one)
  const elsewhere = browsers.filter(({ this_one }) => !this_one)
  return (
    <div className="told">
      {here && state === 'subscribed' ? <On here={here} paused={!push} /> : <Off state={state} vapidKey={key} />}
      {elsewhere.length > 0 && (
        <Rows label="Other devices on which you are told">
          {elsewhere.map((browser) => (
            <Elsewhere key={browser.id} {...browser} />
          ))}
        </Rows>
      )}
      {browsers.length > 0 && <Pause push={push} />}
    </div>
  )
}

type Browser = OutputOf<typeof listBrowsers>['browsers'][number]

function On({ here, paused }: { here: Browser; paused: boolean }) {
  const off = useAct(turnOff, { refreshes: [listBrowsers], onDone: () => say('Off in this browser') })
  const trial = useAct(by(tryMe), { onDone: () => say('It is on its way. If nothing comes, look into your device’s own settings.') })
  const refusal = off.refusal ?? trial.refusal
  return (
    <>
      <p>
        <strong>On in this browser.</strong> It works until you sign out here.
        {here.failures > 0 && <Unreached />}
      </p>
      <div className="row-acts">
        <Button variant="default" loading={trial.busy} disabled={paused} onClick={() => trial.run({})}>
          Send me one
        </Button>
        <Button variant="default" loading={off.busy} onClick={() => off.run(here.id)}>
          Turn off here
        </Button>
      </div>
      {paused && <p className="row-says">Nothing can be sent while all your devices are paused.</p>}
      {refusal && <Refused error={refusal} />}
    </>
  )
}

const Unreached = () => <span className="row-says">The last time it could not be reached. We try again with the next notice.</span>

function Off({ state, vapidKey }: { state: State; vapidKey: string }) {
  const on = useAct(turnOn, { refreshes: [listBrowsers], onDone: () => say('On in this browser') })
  if (state === 'blocked') return <Blocked />
  if (state === 'install_first')
    return (
      <p>
        <strong>Not in this browser.</strong> On an iPhone or iPad, first put Vivavoce on your home screen: press Share, then “Add to Home
        Screen”. Open it from there, come back to this page, and turn it on.
      </p>
    )
  if (state === 'not_possible')
    return (
      <p>
        <strong>Not in this browser.</strong> It cannot be woken up by a web page, or not in a private window. What you are told stands
        behind the bell.
      </p>
    )
  return (
    <>
      <p>
        <strong>Off in this browser.</strong> When you turn it on, your browser asks you once whether it may.
      </p>
      <Button loading={on.busy} onClick={() => on.run(vapidKey)}>
        Turn on in this browser
      </Button>
      {on.refusal && <Refused error={on.refusal} />}
    </>
  )
}

function Blocked() {
  return (
    <>
      <p>
        <strong>Blocked by this browser.</strong> It was told not to show notifications of Vivavoce, and does not ask again. To allow them:
      </p>
      <ol className="quiet">
        <li>Press the sign to the left of the address, a lock or two sliders. In an app on a phone: hold its icon, then “App info”.</li>
        <li>Find “Notifications” and choose “Allow”.</li>
        <li>Come back to this page and turn them on.</li>
      </ol>
    </>
  )
}

function Elsewhere({ id, device, made_at, last_ok_at, failures }: Browser) {
  const off = useAct(by(pokeNoMore), { refreshes: [listBrowsers], onDone: () => say('Off there') })
  return (
    <Row>
      <span>
        {device}
        <span className="row-says">
          {last_ok_at ? (
            <>
              Last told <When at={last_ok_at} kind="ago" />
            </>
          ) : (
            <>
              On since <When at={made_at} kind="date" />
            </>
          )}
          {failures > 0 && ', could not be reached since'}
        </span>
        {off.refusal && <Refused error={off.refusal} />}
      </span>
      <Button variant="default" aria-label={`Turn off on ${device}`} loading={off.busy} onClick={() => off.run({ id })}>
        Turn off
      </Button>
    </Row>
  )
}

function Pause({ push }: { push: boolean }) {
  const [asked, ask] = useState<boolean>()
  const change = useAct(by(changeChoices), { refreshes: [readChoices], onDone: () => (ask(undefined), say('Saved')) })
  const pause = (paused: boolean) => (ask(paused), change.run({ push: !paused }))
  return (
    <>
      <Switch
        classNames={{ root: 'switch', body: 'switch-body', labelWrapper: 'switch-words', label: 'switch-label' }}
        withThumbIndicator={false}
        labelPosition="left"
        label="Pause on all devices"
        checked={(change.refusal ? undefined : asked) ?? !push}
        onChange={({ currentTarget }) => pause(currentTarget.checked)}
      />
      {change.refusal && <Refused error={change.refusal} />}
    </>
  )
}
