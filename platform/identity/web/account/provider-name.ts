/** As people call it: `google`, `hospital_trust`. */
export const nameOf = (provider: string) =>
  provider
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
