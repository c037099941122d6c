import type { z } from 'zod'
import type { assistant, AssistantDoor as Shown } from '../../../../contracts/assistant.ts'
import { type Executor, inTransaction } from '../../../platform/database/index.ts'
import type { Handlers, Staff } from '../../../platform/http/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { takePart } from '../../timeline/index.ts'
import { findPlaceOf } from './dialog-store.ts'
import { listAssistantDoors, setAssistantDoor } from './doors.ts'
import { handBack } from './hand-back.ts'
import type { AssistantRoom } from './room.ts'

/** What these operations tell the rest of the house. */
export interface AssistantNews {
  /** Told, inside the transaction, that a door was changed: for the audit. */
  readonly doorChanged: (tx: Executor, by: Staff, channelAccountId: string, on: boolean) => Promise<void>
  /** Once committed: this node looks again at which doors there are. */
  readonly afterDoorChange: (tx: Executor) => void
}

/** The handlers of the `assistant` contract. */
export function assistantHandlers(room: AssistantRoom, news: AssistantNews): Handlers<typeof assistant> {
  const { clock, timeline } = room
  return {
    async listAssistantDoors({ db }) {
      const decided = new Map((await listAssistantDoors(db)).map((one) => [one.channelAccountId, one]))
      return (await timeline.doors.all()).map(({ account }): z.input<typeof Shown> => {
        const one = decided.get(account.id)
        const changedAt = one?.changedAt.toISOString() ?? null
        return {
          channelAccountId: account.id,
          on: one?.on ?? false,
          changedAt,
          changedBy: one?.changedBy ?? null,
        }
      })
    },
    setAssistantDoor: ({ db, actor, params: { id }, body: { on } }) =>
      inTransaction(db, async (tx) => {
        const { account } = found(await timeline.doors.find(id), 'channel account')
        if (on && account.policy !== 'full')
          throw new Refusal('channel_unsupported', { policy: account.policy })
        await setAssistantDoor(tx, clock, { channelAccountId: id, on, by: actor.name })
        await news.doorChanged(tx, actor, id, on)
        news.afterDoorChange(tx)
        return { channelAccountId: id, on, changedAt: clock.now().toISOString(), changedBy: actor.name }
      }),
    getLanguageModel: async () => {
      const state = room.advisor?.state()
      return state ? { ...state, failedAt: state.failedAt?.toISOString() ?? null } : null
    },
    handBackToAssistant: ({ db, actor, params: { id } }) =>
      inTransaction(db, async (tx) => {
        const { laneId, contactPointId } = found(await findPlaceOf(tx, id), 'conversation')
        await room.lines.subscribers.requireNeedToKnow(tx, actor, contactPointId)
        const place = await takePart(tx, timeline, laneId)
        if (place?.conversation.id !== id) throw new Refusal('channel_unsupported', { what: 'lane' })
        await handBack(tx, room, place, actor)
        return { done: true }
      }),
  }
}
