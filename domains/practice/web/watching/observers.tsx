import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { OutputOf } from '#platform/operations/operation.ts'
import { Confirm } from '#platform/web/parts/confirm.tsx'
import { Refused } from '#platform/web/parts/refused.tsx'
import { by, read, useAct } from '#platform/web/read.ts'
import { readSession } from '../../api/sessions.ts'
import { agreeToObserver, listObservers, makeObserverLink, removeObserver } from '../../api/watching.ts'
import { CopyLink } from '../copy-link.tsx'
import { myId, otherOf } from '../station/people.ts'
import type { Session } from '../station/use-session.ts'
import './observers.css'

type Observer = OutputOf<typeof listObservers>['items'][number]

/** Who watches the two, or asks to; and the link by which somebody may ask. */
export function Observers({ session }: { session: Session }) {
  const observers = useObservers(session)
  const make = useAct(by(makeObserverLink))
  const other = otherOf(session)
  return (
    <section className="observers" aria-labelledby="observers">
      <h3 id="observers">Somebody who watches</h3>
      <ul>
        {observers.map((one) => (
          <li key={one.id}>
            <OneObserver session={session} one={one} />
          </li>
        ))}
      </ul>
      {make.done ? (
        <CopyLink link={make.done.link} />
      ) : (
        observers.length < 2 && (
          <>
            {observers.length === 0 && (
              <p className="observers-says">
                They come by a link of yours, once {other.name} has agreed too. They read with the candidate, mark nothing, and go when
                either of you says so.
              </p>
            )}
            <Button variant="default" loading={make.busy} onClick={() => make.run({ id: session.id })}>
              Make a link to watch
            </Button>
          </>
        )
      )}
      {make.refusal && <Refused error={make.refusal} />}
    </section>
  )
}

/** During a station: whoever is not wanted any more goes at once. */
export function WhoWatches({ session }: { session: Session }) {
  const watching = useObservers(session).filter(({ agreed }) => agreed)
  return (
    watching.length > 0 && (
      <ul className="observers" aria-label="Who watches">
        {watching.map((one) => (
          <li key={one.id}>
            <OneObserver session={session} one={one} />
          </li>
        ))}
      </ul>
    )
  )
}

/** In front of whoever has to say something to it, wherever they are in the session. */
export function AsksToWatch({ session }: { session: Session }) {
  const waiting = useObservers(session).filter(({ agreed, invited_by }) => !agreed && invited_by !== myId(session))
  return waiting.map((one) => (
    <fieldset key={one.id} className="banner" aria-label={`${one.name} asks to watch`}>
      <OneObserver session={session} one={one} />
    </fieldset>
  ))
}

function OneObserver({ session, one }: { session: Session; one: Observer }) {
  const { id, version } = session
  const agree = useAct(by(agreeToObserver), { refreshes: [readSession, listObservers] })
  const remove = useAct(by(removeObserver), { refreshes: [readSession, listObservers] })
  const other = otherOf(session)
  const mine = one.invited_by === myId(session)
  const refusal = agree.refusal ?? remove.refusal
  return (
    <>
      <p>
        {one.agreed
          ? `${one.name} watches.`
          : mine
            ? `${one.name} asks to watch. It counts once ${other.name} agrees.`
            : `${one.name} asks to watch; ${other.name} has invited them.`}
      </p>
      <div className="observers-acts">
        {!one.agreed && !mine && (
          <Button loading={agree.busy} onClick={() => agree.run({ id, version, person: one.id })}>
            Agree
          </Button>
        )}
        {one.agreed ? (
          <Confirm
            verb={`Send ${one.name} out`}
            says="They are outside at once, and are told kindly. You need no reason."
            act={remove}
            into={() => ({ id, person: one.id })}
          />
        ) : (
          <Button variant="default" loading={remove.busy} onClick={() => remove.run({ id, person: one.id })}>
            {mine ? 'Take it back' : 'Decline'}
          </Button>
        )}
      </div>
      {refusal && <Refused error={refusal} />}
    </>
  )
}

// Asked again with each version of the session, which counts who comes and goes as well; what was known stays meanwhile.
function useObservers({ id, version, guest }: Session): Observer[] {
  const asked = read(listObservers, { id })
  const { data } = useQuery({
    ...asked,
    queryKey: [...asked.queryKey, version] as never,
    placeholderData: keepPreviousData,
    enabled: guest !== null,
  }) as { data?: OutputOf<typeof listObservers> }
  return data?.items ?? []
}
