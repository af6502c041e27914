import { useEffect } from 'react'
import { Link, Navigate } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { me } from '../me.ts'
import { PageSkeleton } from '../parts/skeleton.tsx'
import { RoomList } from './room-list.tsx'
import './landing.css'

export const title = 'Vivavoce: the conversations of a clinical career'

/** What a stranger sees. Whoever is, or may be, somebody we know is led on without having seen it. */
export function Landing() {
  const { data: who, isLoading } = useQuery(me)
  useEffect(() => void (document.title = title), [])
  if (who && who !== 'pending') return <Navigate to="/today" replace />
  if (isLoading) return <PageSkeleton />
  return (
    <div className="landing">
      <header className="landing-head">
        <h1>
          <span>Rehearse the conversations.</span> <span>Be coached in them.</span> <span>Have them.</span>
        </h1>
        <div className="landing-two">
          <div>
            <p className="landing-lead">
              Vivavoce is one home for the conversations of a clinical career: with an examiner, with somebody who teaches you, with the
              people you treat.
            </p>
            <p className="landing-ways">
              <Link className="landing-act" to="/sign-up">
                Make an account
              </Link>
              <Link className="landing-other" to="/sign-in">
                Sign in
              </Link>
            </p>
          </div>
          <Exchange />
        </div>
      </header>
      <section aria-labelledby="rooms">
        <h2 id="rooms">The rooms</h2>
        <RoomList />
      </section>
      <section aria-labelledby="whose">
        <h2 id="whose">Whose house this is</h2>
        <p>
          Vivavoce is software that a school, a clinic or a group of friends runs on a machine of their own. What you say here stays there:
          no advertising, no counting of visitors, nothing loaded from elsewhere. <Link to="/imprint">Who runs this one</Link>, and{' '}
          <Link to="/privacy">what they keep of you</Link>.
        </p>
      </section>
    </div>
  )
}

const Exchange = () => (
  <figure className="landing-exchange" aria-label="From a rehearsal">
    <blockquote>
      <p>“I stopped the tablets a month ago.”</p>
      <p>“What made you stop?”</p>
    </blockquote>
    <figcaption>From a rehearsal. She asked before she explained.</figcaption>
  </figure>
)
