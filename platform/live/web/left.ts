// Whether anything may be left unsent in this browser: known without opening its database, which most people never need.
const place = 'vivavoce.unsent'

export const noteLeft = (left: boolean): void => (left ? localStorage.setItem(place, 'yes') : localStorage.removeItem(place))
export const mayBeLeft = (): boolean => localStorage.getItem(place) !== null
