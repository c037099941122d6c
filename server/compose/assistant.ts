import {
  type ExamplesDeps,
  type LiveUnderstanding,
  seedExamples,
  startUnderstanding,
} from '../care/assistant/index.ts'
import { recordChange } from '../care/audit/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database/index.ts'
import type { HouseLog } from './house-log.ts'

/** The assistant's understanding: first examples where none are, and a model that keeps up with them in the background. */
export async function composeUnderstanding(db: Db, clock: Clock, log: HouseLog): Promise<LiveUnderstanding> {
  await seedExamples(db, clock, 'Отклик')
  return startUnderstanding({
    db,
    clock,
    onDefect: (error) => log.error({ err: error }, 'learning what people want'),
  })
}

/** What designers do to examples; every change stands in the audit. */
export function composeExamples(clock: Clock, live: LiveUnderstanding): ExamplesDeps {
  return {
    clock,
    live,
    changed: (tx, { act, subject, before, after, by }) =>
      recordChange(tx, clock, {
        actor: { kind: 'agent', ...by },
        act: `assistant.${act}`,
        subject,
        before,
        after,
      }),
  }
}
