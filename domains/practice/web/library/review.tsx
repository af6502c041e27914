import type { seeCase } from '#domains/practice/api/library.ts'
import type { OutputOf } from '#platform/operations/operation.ts'
import { dayInWords } from './in-words.ts'

type Review = OutputOf<typeof seeCase>['review']

/** Who stands for a case with their name, and until when; or that nobody does. */
export const ReviewLine = ({ review }: { review: Review }) =>
  review ? (
    <p className="case-review" data-is="reviewed">
      <b>Clinically reviewed</b> by {review.named_as} on {dayInWords(review.signed_on)}. Due for another look by{' '}
      {dayInWords(review.review_by)}.
    </p>
  ) : (
    <p className="case-review">
      <b>Not clinically reviewed.</b> No clinician has signed it as it now reads. Rehearse with it; do not treat anybody by it.
    </p>
  )
