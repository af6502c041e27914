import { Fragment } from 'react'
import './keys.css'

/** Keys to press, at once: Ctrl + K. */
export const Keys = ({ keys }: { keys: readonly string[] }) => (
  <span className="keys">
    {keys.map((key, index) => (
      <Fragment key={key}>
        {index > 0 && ' + '}
        <kbd>{key}</kbd>
      </Fragment>
    ))}
  </span>
)
