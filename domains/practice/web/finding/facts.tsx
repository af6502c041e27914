import type { ReactNode } from 'react'
import { levels, types } from '../words.ts'
import { useFormatName, type Offer } from './offers.tsx'

type FactsProps = { offer: Pick<Offer, 'type' | 'format' | 'level'> & Partial<Pick<Offer, 'minutes' | 'note'>>; children?: ReactNode }

/** What one sits down for. */
export function Facts({ offer: { type, format, level, minutes }, children }: FactsProps) {
  const formatName = useFormatName(format)
  return (
    <dl className="facts">
      <Fact name="What for">{types[type]}</Fact>
      <Fact name="Format">{formatName}</Fact>
      <Fact name="Level">{levels[level]}</Fact>
      {minutes !== undefined && <Fact name="Length">{minutes} minutes</Fact>}
      {children}
    </dl>
  )
}

export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
