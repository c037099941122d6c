import type { assistant } from '../../../../contracts/assistant.ts'
import { afterCommit, type Executor } from '../../../platform/database/index.ts'
import type { Handlers } from '../../../platform/http/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import type { Loop } from '../../../platform/loop.ts'
import type { Brought } from '../../timeline/index.ts'
import { type AssistantNews, assistantHandlers } from './assistant-http.ts'
import { listAssistantDoors } from './doors.ts'
import { createFlowMemory } from './flow-memory.ts'
import type { AssistantRoom } from './room.ts'
import { type Answering, startAnswering } from './start-answering.ts'
import { keepWaiting } from './waiting-store.ts'

/** The assistant, put together. */
export interface Assistant {
  readonly handlers: Handlers<typeof assistant>
  /** Whether it answers at any door; known from memory for ten seconds. */
  answersAnywhere(): Promise<boolean>
  /** This is filed: it will hear what concerns it. Costs nothing while it answers at no door. */
  filed(tx: Executor, brought: readonly Brought[]): Promise<void>
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
  let answering: Answering | undefined
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
    filed: async (tx, brought) => {
      if (!(await answersAnywhere())) return
      // Whoever files claims for this node what it has room for: no further look is needed to find it.
      const [lease, limit] = [newId(room.clock), answering?.places ?? 0]
      const { claimed, others } = await keepWaiting(tx, brought, { lease, now: room.clock.now(), limit })
      afterCommit(tx, () => {
        answering?.take(claimed, lease)
        if (others) answering?.wake()
      })
    },
    startWorking: () => {
      answering = startAnswering(room)
      return answering
    },
  }
}
