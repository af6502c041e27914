import { useEffect, useRef } from 'react'
import { CloseButton } from '@mantine/core'
import { useMe } from '#platform/web/me.ts'
import { Composer } from '#platform/web/parts/composer.tsx'
import { useAct } from '#platform/web/read.ts'
import { longestChat } from '../words.ts'
import { nameOf } from './tiles.tsx'
import type { Calling } from './use-call.ts'
import type { Room } from './use-room.ts'
import './chat.css'

/** Beside the call, or over it on a phone. */
export function Chat({ room, calling, close }: { room: Room; calling: Calling; close: () => void }) {
  const me = useMe()
  const panel = useRef<HTMLElement>(null)
  const end = useRef<HTMLDivElement>(null)
  const act = useAct(async (text: string) => calling.write(text))
  useEffect(() => panel.current?.querySelector('textarea')?.focus(), [])
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' }) // which answers with a promise in newer browsers, and that is no way to end an effect
  }, [calling.chat.length]) // oxlint-disable-line react/exhaustive-effect-dependencies -- whenever there is one more
  const whose = (person: string) =>
    person === me.id ? 'You' : nameOf(room.others.find((other) => other.person === person) ?? { name: '' })
  return (
    <section ref={panel} className="chat" aria-label="Chat">
      <header className="chat-head">
        <h2>Chat</h2>
        <CloseButton className="sheet-close" aria-label="Close the chat" onClick={close} />
      </header>
      <p className="chat-quiet">Everybody who is here sees it. It is kept nowhere: whoever comes later does not see it.</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard */}
      <div className="chat-lines" role="log" aria-label="What was written" tabIndex={0}>
        {calling.chat.map(({ id, from, text, lost }, index) => (
          <div key={id} className="chat-line" ref={index === calling.chat.length - 1 ? end : null}>
            <span className="chat-from">{whose(from)}</span>
            <span className="chat-text">{text}</span>
            {lost && <span className="chat-lost">Not sent: you were not connected. Write it again.</span>}
          </div>
        ))}
      </div>
      <Composer label="Write to everybody" act={act} into={(text) => text} keep={`room:${room.id}`} maxLength={longestChat} />
    </section>
  )
}
