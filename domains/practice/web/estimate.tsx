import './estimate.css'

/** Stands wherever an exam is named or a score is shown. */
export const Estimate = () => (
  <p className="estimate">
    Independent practice material. Not affiliated with or endorsed by the exam’s owner. Any score is our estimate and does not predict a
    result.
  </p>
)
