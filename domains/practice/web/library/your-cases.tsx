import { Link } from '@tanstack/react-router'
import { Button } from '@mantine/core'

/** To the cases that one writes or checks. */
export const YourCases = () => (
  <Button variant="default" component={Link} to="/practice/cases/mine">
    Write or check cases
  </Button>
)
