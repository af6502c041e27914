// How long before it begins somebody is told of a meeting, in minutes.
export type Lead = 10 | 60 | 1440

type Choices = { day_before: boolean; hour_before: boolean; ten_minutes: boolean }

/** Who chose nothing is told all three times. */
export const unchosen: Choices = { day_before: true, hour_before: true, ten_minutes: true }

export const leadsOf = ({ day_before, hour_before, ten_minutes }: Choices = unchosen): Lead[] => [
  ...(day_before ? ([1440] as const) : []),
  ...(hour_before ? ([60] as const) : []),
  ...(ten_minutes ? ([10] as const) : []),
]
