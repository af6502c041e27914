import { purpose } from '#platform/files/purposes.ts'

/** Only its owner ever has it: there is no private.may_download_cv. As large, and of such kinds, as interviews.cv_uploads takes. */
export const cv = purpose({
  name: 'cv',
  largest: 10 * 1024 ** 2,
  types: ['application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'text/plain'],
})
