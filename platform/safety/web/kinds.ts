/** What a report is of: to whoever reports, and to whoever works on it. */
export const kinds = {
  harassment: 'Harassment or bullying',
  threat: 'A threat',
  sexual: 'Something sexual',
  hate: 'Hate',
  spam: 'Advertising or fraud',
  impersonation: 'Somebody who is not who they say',
  unsafe_advice: 'Advice that may harm a patient',
  privacy: 'Somebody’s private details',
  other: 'Something else',
} as const
export type Kind = keyof typeof kinds
