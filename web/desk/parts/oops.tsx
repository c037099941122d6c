import type { ErrorComponentProps } from '@tanstack/react-router'
import { Failed } from './states.tsx'

/** A defect of the page itself: said plainly, with a way on. */
export function Oops({ error, reset }: ErrorComponentProps) {
  return <Failed error={error} retry={reset} />
}
