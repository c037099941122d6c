import type { assistantExamples } from '../../../../../contracts/assistant-examples.ts'
import type { Clock } from '../../../../platform/clock.ts'
import { type Db, type Executor, inTransaction } from '../../../../platform/database/index.ts'
import type { Handlers, Staff } from '../../../../platform/http/index.ts'
import type { LiveUnderstanding } from './live-understanding.ts'
import type { ExampleRow } from './store.ts'

/** What this room works with; made once, in the composition root. */
export interface ExamplesDeps {
  readonly clock: Clock
  readonly live: LiveUnderstanding
  /** Told, inside the transaction, what was changed: for the audit. */
  readonly changed: (tx: Executor, change: ExamplesChange) => Promise<void>
}

export interface ExamplesChange {
  readonly act: 'intent-saved' | 'example-added' | 'example-moved' | 'example-removed' | 'unanswered-sorted'
  readonly subject: string
  readonly before?: object
  readonly after?: object
  readonly by: { readonly id: string; readonly name: string }
}

/** Some of the handlers of the `assistantExamples` contract. */
export type Part<K extends keyof typeof assistantExamples> = Pick<Handlers<typeof assistantExamples>, K>

export const authorOf = ({ id, name }: Staff) => ({ id, name })
export const wordsOfExample = ({ intent, text }: ExampleRow) => ({ intent, text })

/** A change of what is taught: in one transaction, told to the model when it stands. */
export async function teach<T>(
  db: Db,
  { live }: Pick<ExamplesDeps, 'live'>,
  act: (tx: Executor) => Promise<T>,
): Promise<T> {
  const result = await inTransaction(db, act)
  live.wake()
  return result
}
