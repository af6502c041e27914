/** On the sign-in page of a demo world: whom one may be, at one click. Nothing where there is none. */
export function LookAround({ next }: { next: string }) {
  return <p hidden>{next}</p>
}
