import { useEffect } from 'react'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OutputOf } from '#platform/operations/operation.ts'
import { dayOf, wallOf } from '#platform/scheduling/time.ts'
import { useNow } from '#platform/scheduling/web/now.ts'
import { Empty } from '#platform/web/parts/empty.tsx'
import { Row, Rows } from '#platform/web/parts/list.tsx'
import { Face } from '#platform/web/parts/person.tsx'
import { useList, useRead } from '#platform/web/read.ts'
import { listOffers, listOpenSeats } from '../../api/finding.ts'
import { listFormats } from '../../api/library.ts'
import { levels, types } from '../words.ts'
import { dayInWords, spanIn, useMyZone } from './clocks.ts'
import type { Wanted } from './narrow.tsx'

export type Offer = OutputOf<typeof listOffers>['items'][number]
/** What strangers see of it: no length, no note, a first name. */
type Shown = Pick<Offer, 'id' | 'starts_at' | 'type' | 'format' | 'level'> & Partial<Pick<Offer, 'minutes' | 'note'>> & Host
type Host = { host: { name: string; avatar: string | null } }

export function OffersForMe({ wanted }: { wanted: Wanted }) {
  const { items, more, loading } = useList(listOffers, wanted)
  useAgain(listOffers)
  if (items.length === 0) return <Nobody wanted={wanted} />
  return <ByDay items={items} more={more} loading={loading} />
}

export function OffersForStrangers({ wanted }: { wanted: Wanted }) {
  const { items, more, loading } = useList(listOpenSeats, wanted)
  useAgain(listOpenSeats)
  if (items.length === 0)
    return (
      <Empty>
        Nobody is looking for a partner {narrowed(wanted) ? 'for just this' : 'at the moment'}. Whoever offers a session stands here.
      </Empty>
    )
  return <ByDay items={items.map(asShown)} more={more} loading={loading} />
}

export const asShown = ({ date, time, first_name, ...seat }: OutputOf<typeof listOpenSeats>['items'][number]): Shown => ({
  ...seat,
  starts_at: `${date}T${time}Z`,
  host: { name: first_name, avatar: null },
})

// A public list has no line to the server: it looks again while it is seen.
function useAgain({ path }: { path: string }): void {
  const client = useQueryClient()
  useEffect(() => {
    const looking = setInterval(() => document.visibilityState === 'visible' && void client.invalidateQueries({ queryKey: [path] }), 30_000)
    return () => clearInterval(looking)
  }, [client, path])
}

type ByDayProps = { items: readonly Shown[]; more: (() => void) | undefined; loading: boolean }
function ByDay({ items, more, loading }: ByDayProps) {
  const zone = useMyZone()
  const today = dayOf(new Date(useNow()), zone)
  return (
    <>
      {[...Map.groupBy(items, ({ starts_at }) => dayOf(starts_at, zone))].map(([day, ofDay]) => (
        <div key={day} className="offers-day">
          <h3>{dayInWords(day, today)}</h3>
          <Rows label={`Free seats, ${dayInWords(day, today)}`}>
            {ofDay.map((offer) => (
              <Row key={offer.id}>
                <OfferLink offer={offer} zone={zone} />
              </Row>
            ))}
          </Rows>
        </div>
      ))}
      {more && (
        <Button variant="default" onClick={more} loading={loading}>
          Show more
        </Button>
      )}
    </>
  )
}

function OfferLink({ offer: { id, starts_at, minutes, type, format, level, note, host }, zone }: { offer: Shown; zone: string }) {
  const formatName = useFormatName(format)
  return (
    <Link to="/practice/offers/$id" params={{ id }} className="offer">
      <time className="offer-when" dateTime={starts_at}>
        {minutes === undefined ? wallOf(starts_at, zone).clock : spanIn(zone, starts_at, minutes)}
      </time>
      <span className="offer-what">
        <span className="offer-format">{type === 'review' ? types.review : formatName}</span>
        <span className="offer-who">
          <Face name={host.name} picture={host.avatar} />
          {host.name}
          {level !== 'any' && <span className="offer-level">{levels[level]}</span>}
        </span>
        {note && <span className="offer-note">{note}</span>}
      </span>
      <span className="offer-go" aria-hidden="true">
        Take the seat
      </span>
    </Link>
  )
}

export function useFormatName(format: string): string {
  const { items } = useRead(listFormats, {})
  return items.find(({ id }) => id === format)?.name ?? format
}

function Nobody({ wanted }: { wanted: Wanted }) {
  return (
    <Empty
      action={
        <Button variant="default" component={Link} to={wanted.day ? `/practice/offer?day=${wanted.day}` : '/practice/offer'}>
          Offer one yourself
        </Button>
      }
    >
      Nobody is looking for a partner {narrowed(wanted) ? 'for just this' : 'at the moment'}. Offer a session and others find it here; you
      are told when somebody takes the seat.
    </Empty>
  )
}

const narrowed = (wanted: Wanted) => Object.keys(wanted).length > 0
