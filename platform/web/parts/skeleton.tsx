import './skeleton.css'

/** Lines in the shape of what is coming. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <output className="skeleton" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="skeleton-line" />
      ))}
    </output>
  )
}

export function PageSkeleton() {
  return (
    <div className="page">
      <Skeleton lines={6} />
    </div>
  )
}
