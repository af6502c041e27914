import type { ReactNode } from 'react'
import { Icon, type Sign } from './icons.tsx'
import type { Media, Mine } from './media.ts'
import type { Calling } from './use-call.ts'
import './controls.css'

type ControlsProps = {
  media: Media
  mine: Mine
  calling: Calling
  chat: { open: boolean; unread: number; toggle: () => void }
  more: () => void
  leave: () => void
}

/** What one does in a call, under the thumb; each has its word, and the key that does the same. */
export function Controls({ media, mine, calling, chat, more, leave }: ControlsProps) {
  const { hand, raiseHand } = calling
  const muted = mine.muted || !mine.microphone
  return (
    <fieldset className="controls" aria-label="In this call">
      <Control sign={muted ? 'muted' : 'microphone'} off={muted} onClick={() => void media.mute(!muted)} keys="m">
        {muted ? 'Unmute' : 'Mute'}
      </Control>
      <Control
        sign={mine.camera ? 'camera' : 'camera-off'}
        off={!mine.camera}
        onClick={() => void media.turnCamera(!mine.camera)}
        keys="v"
        says={mine.camera ? 'Turn the camera off' : 'Turn the camera on'}
      >
        Camera
      </Control>
      {canShare() && (
        <Control
          sign="screen"
          on={mine.screen !== null}
          onClick={() => (mine.screen ? media.stopSharing() : void media.share())}
          says={mine.screen ? 'Stop sharing your screen' : 'Share your screen'}
          wide
        >
          {mine.screen ? 'Stop sharing' : 'Share'}
        </Control>
      )}
      <Control sign="hand" on={hand} onClick={() => raiseHand(!hand)} keys="h" says={hand ? 'Lower your hand' : 'Raise your hand'}>
        {hand ? 'Lower' : 'Hand'}
      </Control>
      <Control sign="chat" on={chat.open} onClick={chat.toggle} keys="c" expanded={chat.open}>
        Chat
        {chat.unread > 0 && (
          <span className="control-count">
            {' '}
            {chat.unread}
            <span className="unseen"> new</span>
          </span>
        )}
      </Control>
      <Control sign="more" onClick={more}>
        More
      </Control>
      <Control sign="leave" danger onClick={leave} says="Leave the call">
        Leave
      </Control>
    </fieldset>
  )
}

export const canShare = (): boolean => 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices

type ControlProps = {
  sign: Sign
  onClick: () => void
  children: ReactNode
  says?: string
  keys?: string
  on?: boolean
  off?: boolean
  danger?: boolean
  wide?: boolean
  expanded?: boolean
}

const Control = ({ sign, onClick, children, says, keys, on, off, danger, wide, expanded }: ControlProps) => (
  <button
    type="button"
    className="control"
    data-on={on || undefined}
    data-off={off || undefined}
    data-danger={danger || undefined}
    data-wide={wide || undefined}
    data-sign={sign}
    aria-label={says}
    aria-keyshortcuts={keys}
    aria-expanded={expanded}
    title={keys ? `Key ${keys}` : undefined}
    onClick={onClick}
  >
    <Icon of={sign} />
    <span className="control-word">{children}</span>
  </button>
)
