import { useEffectEvent, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { useMantineColorScheme } from '@mantine/core'
import type { Me } from '../me.ts'
import { openOver } from '../parts/over.ts'
import { usePlaces } from './parts.ts'
import { giveEarly, pressKeys } from './keys.ts'
import { useSignOut } from './sign-out.ts'
import './over.css'

/** Says where to go, or what to do, by the first letters of its words. */
export function Palette({ person, close }: { person: Me; close: () => void }) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const choices = useChoices(person)
  const called = (words: string) => choices.filter(({ label }) => matches(label, words))
  const found = called(typed)
  const choose = (choice: Choice | undefined) => {
    if (!choice) return
    dialog.current?.close() // which gives the focus back first
    choice.act()
  }
  const take = useEffectEvent((words: string, chosen: boolean) => {
    setTyped(words)
    if (chosen) choose(called(words)[0])
  })
  useLayoutEffect(() => {
    openOver(dialog.current!)
    giveEarly((words, chosen) => take(words, chosen)) // before anything else is typed, it is there
  }, [])
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Enter') choose(found[at])
    else if (step && found.length > 0) setAt((at + step + found.length) % found.length)
    else return
    event.preventDefault()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Esc does the same
    <dialog
      ref={dialog}
      className="palette"
      aria-label="Go to"
      onClose={close}
      onClick={({ target, currentTarget }) => target === currentTarget && close()}
    >
      <input
        className="palette-field"
        role="combobox"
        aria-label="Where to, or what to do"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found[at] && `${list}-${at}`}
        placeholder="Where to, or what to do"
        autoComplete="off"
        value={typed}
        onChange={(event) => (setTyped(event.target.value), setAt(0))}
        onKeyDown={onKey}
      />
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a datalist cannot be told how to look */}
      <div id={list} role="listbox" aria-label="Found" className="palette-list">
        {found.map((choice, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field has the focus and the keys
          <div
            key={choice.label}
            id={`${list}-${index}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
            role="option"
            aria-selected={index === at}
            className="palette-choice"
            onClick={() => choose(choice)}
          >
            {choice.label}
            <span>{choice.kind}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="palette-none">Nothing here is called that.</p>}
    </dialog>
  )
}

type Choice = { label: string; kind: string; act: () => void }

function useChoices(person: Me): Choice[] {
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const leave = useSignOut()
  return [
    ...usePlaces(person).map(({ label, to }) => ({ label, kind: 'Page', act: () => void navigate({ to }) })),
    { label: 'Colours: light', kind: 'Look', act: () => setColorScheme('light') },
    { label: 'Colours: dark', kind: 'Look', act: () => setColorScheme('dark') },
    { label: 'Colours: as this device', kind: 'Look', act: () => setColorScheme('auto') },
    { label: 'Show the keys', kind: 'Help', act: () => pressKeys('keys') },
    { label: 'Sign out', kind: 'Account', act: leave.run },
  ]
}

const matches = (label: string, typed: string) => {
  const words = label.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((start) => words.some((word) => word.startsWith(start)))
}
