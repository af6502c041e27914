/** What a report is of, in the words of whoever reports. */
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
