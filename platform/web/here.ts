import type { WebPart } from './part.ts'

/** Whether a part is there: not where its domain is switched off (DOMAINS), which the server writes onto the page (serve.ts). Its room is hidden by room-list.css. */
export const isHere = ({ domain }: Pick<WebPart, 'domain'>, off = switchedOff()) => !domain || !off.includes(domain)

// Drawn ahead of time, without a page, all are there.
const switchedOff = () => (typeof document === 'undefined' ? [] : (document.documentElement.dataset['off'] ?? '').split(' '))
