import { useRef, useSyncExternalStore, type KeyboardEvent } from 'react'

export type Tab<T extends string> = { id: T; label: string }

/** One row of tabs; Tab comes by each, and the arrows walk along it. A single one is no choice and is not shown. */
export function StationTabs<T extends string>({ tabs, shown, show }: { tabs: readonly Tab<T>[]; shown: T; show: (id: T) => void }) {
  const row = useRef<HTMLDivElement>(null)
  if (tabs.length < 2) return null
  const walk = ({ key }: KeyboardEvent) => {
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const next = (tabs.findIndex(({ id }) => id === shown) + step + tabs.length) % tabs.length
    show(tabs[next]!.id)
    row.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  }
  return (
    <div ref={row} className="station-tabs" role="tablist" aria-label="Of this station" tabIndex={-1} onKeyDown={walk}>
      {tabs.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          aria-selected={id === shown}
          aria-controls={id === 'call' ? undefined : `panel-${id}`}
          onClick={() => show(id)}
        >
          {label}
        </button>
      ))}
    </div>
  )
}

// As call.css has it: below this width the pictures and what stands beside them are one above the other.
const query = '(width < 56em)'
const listen = (then: () => void) => {
  const media = matchMedia(query)
  media.addEventListener('change', then)
  return () => media.removeEventListener('change', then)
}
export const useNarrow = (): boolean => useSyncExternalStore(listen, () => matchMedia(query).matches)
