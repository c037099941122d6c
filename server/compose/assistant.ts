import {
  type Advisor,
  type Assistant,
  type AssistantRoom,
  createAdvisor,
  createAssistant,
  type ExamplesDeps,
  type FlowsDeps,
  flowEars,
  type LiveUnderstanding,
  seedExamples,
  startUnderstanding,
  type Understanding,
} from '../care/assistant/index.ts'
import { recordChange } from '../care/audit/index.ts'
import type { Config } from '../config.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database/index.ts'
import { OPERATOR } from './brand.ts'
import type { HouseLog } from './house-log.ts'

/** The assistant's understanding: first examples where none are, and a model that keeps up with them in the background. */
export async function composeUnderstanding(db: Db, clock: Clock, log: HouseLog): Promise<LiveUnderstanding> {
  await seedExamples(db, clock, OPERATOR.name)
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

/** The flows as their designers see them: what new dialogs begin on stands in the audit. */
export function composeFlows(
  clock: Clock,
  understanding: Understanding,
  links: AssistantRoom['links'],
): FlowsDeps {
  return {
    clock,
    links,
    ears: (db) => flowEars(db, understanding),
    changed: (tx, { act, key, flowVersion, by }) =>
      recordChange(tx, clock, {
        actor: { kind: 'agent', ...by },
        act: `flow.${act}`,
        subject: `flow:${key}`,
        after: { flowVersion },
      }),
  }
}

/** The language model that the settings name, if they name one. */
export const composeAdvisor = (
  deps: Parameters<typeof createAdvisor>[0],
  endpoint: Config['languageModel'],
): Advisor | undefined => endpoint && createAdvisor(deps, endpoint)

/** The assistant on the timeline: at which doors it answers stands in the audit. */
export function composeAssistant(room: Omit<AssistantRoom, 'flows'>): Assistant {
  return createAssistant(room, {
    doorChanged: (tx, actor, channelAccountId, on) =>
      recordChange(tx, room.clock, {
        actor,
        act: 'assistant-door.changed',
        subject: `channel-account:${channelAccountId}`,
        after: { on },
      }),
  })
}
