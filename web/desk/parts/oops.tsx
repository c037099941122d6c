import type { ErrorComponentProps } from '@tanstack/react-router'
import { isProblem } from '../../shared/api/index.ts'
import { isAnswered } from '../app/bring.ts'
import { Failed } from './states.tsx'

/** A browser that could not bring a file brings it only to a page begun anew; without a network there would be no page. */
async function beginAnew(): Promise<void> {
  if (await isAnswered()) location.reload()
}

/** A defect of the page itself, or a part of it that could not be brought: said plainly, with a way on. */
export function Oops({ error, reset }: ErrorComponentProps) {
  return <Failed error={error} retry={isProblem(error, 'network') ? () => void beginAnew() : reset} />
}
