/** What may come of a report. */
export const decisions = {
  nothing_found: 'Nothing found',
  warned: 'They were warned',
  removed: 'It was removed',
  suspended: 'They were suspended',
  passed_on: 'Passed on to others',
}
