export const decisions = {
  nothing_found: 'Nothing found',
  warned: 'They were warned',
  removed: 'It was removed',
  suspended: 'They were suspended',
  passed_on: 'Passed on to others',
}
export const kinds = {
  harassment: 'Harassment',
  threat: 'Threat',
  sexual: 'Sexual content or advances',
  hate: 'Hate',
  spam: 'Spam',
  impersonation: 'Pretending to be somebody else',
  unsafe_advice: 'Unsafe advice',
  privacy: 'A breach of privacy',
  other: 'Something else',
}
