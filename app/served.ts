import { isDomain, type Configuration } from '#platform/configuration/environment.ts'
import type { Part } from '#platform/part.ts'

/** The parts that answer: a domain that is switched off (DOMAINS) is not there for anybody. What it keeps of people stays theirs, so its jobs, exports and erasures go on. */
export const served = (parts: readonly Part[], { domains }: Pick<Configuration, 'domains'>): Part[] =>
  parts.filter(({ name }) => !isDomain(name) || domains.includes(name))
