import { listDomains, listFormats } from '#domains/practice/api/library.ts'
import type { House } from '#domains/practice/cases/case-lint.ts'
import { useRead } from '#platform/web/read.ts'

/** What a case is held against: the skills and formats that there are here. */
export function useHouse(): House {
  const domains = useRead(listDomains, {}).items
  const formats = useRead(listFormats, {}).items
  return {
    domains: domains.map(({ key }) => key),
    formats: formats.map(({ id, rating, scales }) => ({
      id,
      rating,
      scales: Object.fromEntries(scales.map(({ domain, points }) => [domain, points])),
    })),
  }
}
