import { inTransaction } from '../../../platform/database/index.ts'
import { hearNext } from './hear-next.ts'
import { performAct } from './perform-act.ts'
import type { AssistantRoom } from './room.ts'
import { type Advised, seekAdvice } from './seek-advice.ts'
import { sumUp } from './sum-up.ts'
import { takeResult } from './take-result.ts'
import type { Claim } from './talk.ts'

/** More steps in a row than any dialog takes: what comes after is taken up by the next claim. */
const MOST_STEPS = 40

/**
 * Goes on with the dialog of a lane until nothing waits there. Each step is one transaction: state, log and reply together. What is done to
 * a line is done between two of them, under a name made of conversation and turn, so that a repeat after a crash does it once.
 */
export async function takeTurns(room: AssistantRoom, claim: Claim): Promise<void> {
  await room.understanding.prepared()
  let advised: Advised | undefined
  let known = claim
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const next = await inTransaction(room.db, (tx) => hearNext(tx, room, known, advised))
    advised = undefined
    if (next === 'nothing') return
    if (next === 'elsewhere') {
      known = { ...claim, conversationId: null }
      continue
    }
    if (next === 'heard') continue
    if ('question' in next) {
      advised = await seekAdvice(room, next)
      continue
    }
    if ('handed' in next) {
      await sumUp(room, claim, next)
      continue
    }
    const done = await performAct(room, next.doing)
    const goesOn = await inTransaction(room.db, (tx) => takeResult(tx, room, claim, next, done))
    if (!goesOn) return
    if (goesOn !== true) await sumUp(room, claim, goesOn)
  }
}
