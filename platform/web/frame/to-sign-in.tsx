import { useEffect } from 'react'
import { useRouter } from '@tanstack/react-router'

/** To the page where one signs in, and from there back to this one. */
export function ToSignIn({ by = '/sign-in' }: { by?: '/sign-in' | '/sign-in/second-factor' }) {
  const router = useRouter()
  // Once, and by the location as it is then: <Navigate> goes again whenever it is drawn, and on the way the location is already the other one.
  useEffect(() => {
    const { href, pathname } = router.latestLocation
    if (pathname !== by) void router.navigate({ to: by, search: { next: href }, replace: true })
  }, [router, by])
  return null
}
