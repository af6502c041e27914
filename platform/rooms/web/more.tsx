import { useState } from 'react'
import { Button, Checkbox } from '@mantine/core'
import { BlockPerson } from '#platform/safety/web/block-person.tsx'
import { ReportPerson } from '#platform/safety/web/report-person.tsx'
import { Keys } from '#platform/web/parts/keys.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Person } from '#platform/web/parts/person.tsx'
import { Sheet } from '#platform/web/parts/sheet.tsx'
import { bellsAreOn, turnBells } from './bells.ts'
import { canShare } from './controls.tsx'
import { DeviceFields } from './device-fields.tsx'
import { callKeys, keysAreOn, turnKeys } from './keys.ts'
import { LetIn } from './let-in.tsx'
import type { Media } from './media.ts'
import type { Calling } from './use-call.ts'
import type { Room } from './use-room.ts'
import { useWatched } from './watched.ts'
import './more.css'

type MoreProps = { room: Room; calling: Calling; media: Media; close: () => void; leave: () => void; take: (room: Room) => void }

/** All that is not needed every minute. */
export function More({ room, calling, media, close, leave, take }: MoreProps) {
  return (
    <Sheet opened onClose={close} title="In this room">
      <div className="more">
        <People room={room} leave={leave} take={take} />
        <section aria-labelledby="more-pictures">
          <h3 id="more-pictures">Pictures and sound</h3>
          <Choices calling={calling} media={media} close={close} />
          <DeviceFields media={media} />
        </section>
        <section aria-labelledby="more-keys">
          <h3 id="more-keys">Keys</h3>
          <CallKeys />
        </section>
        <section aria-labelledby="more-kept">
          <h3 id="more-kept">What is kept</h3>
          <p>
            Nothing is recorded. There are no captions yet. Sound and pictures go from one device to the other; what is written is gone with
            the call.
          </p>
        </section>
      </div>
    </Sheet>
  )
}

function People({ room, leave, take }: Pick<MoreProps, 'room' | 'leave' | 'take'>) {
  const subject = { kind: 'rooms.room', id: room.id }
  return (
    <section aria-labelledby="more-people">
      <h3 id="more-people">People</h3>
      <Rows label="People of this room">
        {room.others.map(({ person, name, role, state }) => (
          <Row key={person}>
            <Person name={name} says={`${role}, ${states[state]}`} />
            <span className="more-buttons">
              {state === 'waiting' && room.me.lets_in && <LetIn room={room} person={person} name={name} take={take} />}
              <ReportPerson id={person} name={name} subject={subject} onDone={leave} />
              <BlockPerson id={person} name={name} onDone={leave} />
            </span>
          </Row>
        ))}
      </Rows>
      <p className="more-quiet">Reporting or blocking somebody also leaves the call.</p>
    </section>
  )
}
const states = { inside: 'here', waiting: 'waits to be let in', outside: 'has not come yet', left: 'has left' }

function Choices({ calling, media, close }: Pick<MoreProps, 'calling' | 'media' | 'close'>) {
  const { screen } = useWatched(media)
  const { ways, soundOnly, setSoundOnly } = calling
  const [bells, setBells] = useState(bellsAreOn)
  return (
    <>
      {canShare() && (
        <Button
          variant="default"
          onClick={() => {
            close()
            if (screen) media.stopSharing()
            else void media.share()
          }}
        >
          {screen ? 'Stop sharing your screen' : 'Share your screen'}
        </Button>
      )}
      <Checkbox
        label="Sound only"
        description="No pictures are sent or shown. It needs a twentieth of the data."
        checked={soundOnly}
        onChange={({ currentTarget: { checked } }) => setSoundOnly(checked)}
      />
      <Checkbox
        label="Bells are heard"
        description="They are always seen."
        checked={bells}
        onChange={({ currentTarget: { checked } }) => {
          turnBells(checked)
          setBells(checked)
        }}
      />
      {ways.hasRelay && (
        <Checkbox
          label="Only through the relay"
          description="The others’ devices do not learn this device’s address in the network. It can be a little slower."
          checked={ways.onlyRelay}
          onChange={({ currentTarget: { checked } }) => ways.setOnlyRelay(checked)}
        />
      )}
    </>
  )
}

function CallKeys() {
  const [on, setOn] = useState(keysAreOn)
  return (
    <>
      <Checkbox
        label="Single keys work"
        description="Not while you write. Turn them off if your voice or a switch types for you."
        checked={on}
        onChange={({ currentTarget: { checked } }) => {
          turnKeys(checked)
          setOn(checked)
        }}
      />
      <dl className="more-keys">
        {callKeys.map(({ key, says }) => (
          <div key={key}>
            <dt>{says}</dt>
            <dd>
              <Keys keys={[key]} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}
