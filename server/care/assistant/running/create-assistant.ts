import type { assistant } from '../../../../contracts/assistant.ts'
import { afterCommit, type Executor } from '../../../platform/database/index.ts'
import type { Handlers } from '../../../platform/http/index.ts'
import type { Loop } from '../../../platform/loop.ts'
import { type AssistantNews, assistantHandlers } from './assistant-http.ts'
import { listAssistantDoors } from './doors.ts'
import { createFlowMemory } from './flow-memory.ts'
import type { AssistantRoom } from './room.ts'
import { startAnswering } from './start-answering.ts'
import { keepWaiting } from './waiting-store.ts'

/** The assistant, put together. */
export interface Assistant {
  readonly handlers: Handlers<typeof assistant>
  /** Whether it answers at any door; known from memory for ten seconds. */
  answersAnywhere(): Promise<boolean>
  /** What these accepted batches brought is filed: it will hear what concerns it. Costs nothing while it answers at no door. */
  filed(tx: Executor, arrivalIds: readonly number[]): Promise<void>
  /** Background work of a worker node. */
  startWorking(): Loop
}

/** A door that was opened by another node is known so soon. */
const FRESH_MS = 10_000

export function createAssistant(
  given: Omit<AssistantRoom, 'flows'>,
  news: Pick<AssistantNews, 'doorChanged'>,
): Assistant {
  const room: AssistantRoom = { ...given, flows: createFlowMemory() }
  let answering: Loop | undefined
  let known: { readonly any: boolean; readonly at: number } | undefined
  const answersAnywhere = async (): Promise<boolean> => {
    if (known && performance.now() - known.at < FRESH_MS) return known.any
    const doors = await listAssistantDoors(room.db)
    known = { any: doors.some(({ on }) => on), at: performance.now() }
    return known.any
  }
  return {
    handlers: assistantHandlers(room, {
      ...news,
      afterDoorChange: (tx) =>
        afterCommit(tx, () => {
          known = undefined
        }),
    }),
    answersAnywhere,
    filed: async (tx, arrivalIds) => {
      if (!(await answersAnywhere())) return
      if ((await keepWaiting(tx, arrivalIds, room.clock.now())) > 0) afterCommit(tx, () => answering?.wake())
    },
    startWorking: () => {
      answering = startAnswering(room)
      return answering
    },
  }
}
