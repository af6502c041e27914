/** Two voices that meet: teal and coral, a V. Beside the name it says nothing; alone it is called Vivavoce. */
export function Mark({ size = 28, alone = false }: { size?: number; alone?: boolean }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" strokeWidth="4" strokeLinecap="round" aria-hidden={!alone}>
      {alone && <title>Vivavoce</title>}
      <path d="M28 4.5C27.4 16 23.4 24 16 27.5" stroke="var(--live)" />
      <path d="M4 4.5C4.6 16 8.6 24 16 27.5" stroke="var(--brand)" />
    </svg>
  )
}
