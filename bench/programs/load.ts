/** The load: webhooks of MAX from a process of their own. Answers `run`. */
import { answerParent } from '../harness/answer.ts'
import { type Load, type LoadResult, runLoad } from '../harness/http-load.ts'
import { createUpdates, type Target } from '../harness/max-update.ts'

export interface Flood extends Load, Target {
  /** The number of the first message: no two rounds share one. */
  readonly first: number
  readonly chats: number
}

answerParent({
  run: ({ first, chats, ...flood }: Flood): Promise<LoadResult> => {
    const update = createUpdates(flood)
    let number = first
    // Chats take turns in an order without neighbours, so that batches hold many lanes.
    return runLoad(flood, () => {
      const chat = flood.most ? number % chats : (number * 7919) % chats
      return update(number++, chat)
    })
  },
})
