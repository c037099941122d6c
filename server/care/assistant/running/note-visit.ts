import type { Executor } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { CONTAINMENT, isSameVisit } from '../containment/definition.ts'
import { keepVisit, type VisitedFlow } from '../containment/visit-store.ts'
import type { Effect } from '../engine/index.ts'
import type { DialogStatus } from './dialog-store.ts'
import type { AssistantRoom } from './room.ts'
import type { Taken, Talk } from './talk.ts'

interface Noted {
  readonly id: string
  readonly steps: readonly Taken[]
  readonly status: DialogStatus
  readonly now: Date
}

/** The visit to which steps on a dialog belong: the one that goes on, or a new one. */
export function visitOf({ clock }: Pick<AssistantRoom, 'clock'>, before: Talk['before'], now: Date): string {
  if (!before || before.visitId === null || before.status === 'people') return newId(clock)
  return isSameVisit(before.changedAt, now) ? before.visitId : newId(clock)
}

/** Keeps what is counted of steps that were taken. */
export function noteVisit(tx: Executor, { place }: Talk, { id, steps, status, now }: Noted): Promise<void> {
  return keepVisit(tx, {
    id,
    conversationId: place.conversation.id,
    laneId: place.laneId,
    channel: place.door.account.kind,
    definition: CONTAINMENT.version,
    at: now,
    state: status,
    why: whyOf(steps.at(-1)?.taken.effect ?? null),
    flows: flowsOf(steps),
  })
}

function whyOf(effect: Effect | null): string | null {
  if (effect?.kind === 'hand-over') return effect.why
  return effect?.kind === 'call-back' ? 'call-back' : null
}

/** Where the steps led, flow by flow; what is left of a flow that went on is only where it came to. */
function flowsOf(steps: readonly Taken[]): VisitedFlow[] {
  const flows = new Map<number, VisitedFlow>()
  steps.forEach(({ taken: { state } }, place) => {
    const { flow, version, node, done, began } = state
    const intent = flows.get(began)?.intent ?? intentOf(steps[place - 1], flow)
    flows.set(began, { turn: began, flow, version, node, done, intent })
  })
  return [...flows.values()]
}

/** What was understood in the step before, if it led to this flow. */
function intentOf(before: Taken | undefined, flow: string): string | null {
  if (before?.taken.effect?.kind !== 'start') return null
  const { input, taken } = before
  const meant = input.kind === 'said' && input.meant?.flow === flow ? input.meant : taken.state.doubt
  return meant?.flow === flow ? meant.intent : null
}
