import './skeleton.css'

export type SkeletonProps = {
  /** Lines of text, or rows of a list. */
  shape?: 'text' | 'rows'
  lines?: number
}

/** Lines in the shape of what is coming. */
export function Skeleton({ shape = 'text', lines = 3 }: SkeletonProps) {
  return (
    <output className={`skeleton skeleton-${shape}`} aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="skeleton-line" />
      ))}
    </output>
  )
}

export function PageSkeleton() {
  return (
    <div className="page">
      <span className="skeleton-line skeleton-title" aria-hidden />
      <Skeleton shape="rows" lines={4} />
    </div>
  )
}
