import { databaseProblem, inTransaction } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { type Loop, startLoop } from '../../../platform/loop.ts'
import { retryDelay } from '../../../platform/outgoing/index.ts'
import { leaveToPeople, takePart } from '../../timeline/index.ts'
import { findDialog } from './dialog-store.ts'
import { leaveDialog } from './leave-dialog.ts'
import type { AssistantRoom } from './room.ts'
import { takeTurns } from './take-turn.ts'
import type { Claim } from './talk.ts'
import { type ClaimedWords, claimWaiting, dropWaiting, lockWaiting, putOff } from './waiting-store.ts'

const POLL_MS = 500
/** Lanes that are answered side by side. */
const ABREAST = 4
const RETRY = { baseMs: 500, maxMs: 30_000 }
/** A turn that failed as often is left to people. */
const MOST_ATTEMPTS = 4

export interface Answering extends Loop {
  /** How many more lanes could be answered now. */
  readonly places: number
  /** Answers on lanes that were claimed elsewhere for it. */
  take(claimed: readonly ClaimedWords[], lease: string): void
}

/** Answers on lanes where somebody waits for the assistant, none waiting for another. Several nodes share the work. */
export function startAnswering(room: AssistantRoom): Answering {
  const answering = new Set<Promise<void>>()
  const onError = (error: unknown) => {
    if (!databaseProblem(error)) room.log.error({ err: error }, 'assistant')
  }
  const begin = (claimed: ClaimedWords, lease: string) => {
    const one = answer(room, claimed, { ...claimed, lease })
      .catch(onError)
      .finally(() => {
        const wasFull = answering.size >= ABREAST
        answering.delete(one)
        // While all places were taken somebody may have begun to wait.
        if (wasFull) claiming.wake()
      })
    answering.add(one)
  }
  const take = (claimed: readonly ClaimedWords[], lease: string) => {
    for (const one of claimed) begin(one, lease)
  }
  const places = () => Math.max(0, ABREAST - answering.size)
  const claiming = startLoop({
    pollMs: POLL_MS,
    work: async () => {
      const limit = places()
      if (limit === 0) return 0
      const lease = newId(room.clock)
      const claimed = await claimWaiting(room.db, { lease, now: room.clock.now(), limit })
      take(claimed, lease)
      // Fewer than there was room for: nobody else waits.
      return claimed.length < limit ? 0 : claimed.length
    },
    onError,
  })
  return {
    get places() {
      return places()
    },
    take,
    wake: claiming.wake,
    drain: async () => {
      do {
        await Promise.all(answering)
        await claiming.drain()
      } while (answering.size > 0)
    },
    stop: async () => {
      await claiming.stop()
      await Promise.all(answering)
    },
  }
}

async function answer(room: AssistantRoom, { attempts, laneId }: ClaimedWords, claim: Claim): Promise<void> {
  try {
    await takeTurns(room, claim)
  } catch (error) {
    // With the database away nothing can be put off either: the lease ends by itself.
    if (databaseProblem(error)) throw error
    room.log.error({ err: error, laneId }, 'the assistant could not answer')
    if (attempts + 1 >= MOST_ATTEMPTS) return giveUp(room, claim)
    const until = new Date(room.clock.now().getTime() + RETRY.baseMs + retryDelay(attempts + 1, RETRY))
    await putOff(room.db, { ...claim, until })
  }
}

/** People go on; they see that something is broken. */
async function giveUp(room: AssistantRoom, { laneId, lease }: Claim): Promise<void> {
  await inTransaction(room.db, async (tx) => {
    const place = await takePart(tx, room.timeline, laneId)
    if (!(await lockWaiting(tx, laneId, lease))) return
    await dropWaiting(tx, laneId)
    if (!place || place.conversation.assigneeId !== null) return
    const note = {
      ru: 'Передано помощником: он не смог ответить из-за ошибки. Человек ждёт ответа.',
      en: 'Handed over by the assistant: a defect kept it from answering. The person waits for an answer.',
    }
    await leaveToPeople(tx, room.timeline, place, { note, facts: { why: 'defect' } })
    const dialog = await findDialog(tx, place.conversation.id)
    if (dialog) await leaveDialog(tx, dialog, 'failed', room.clock.now())
  })
}
