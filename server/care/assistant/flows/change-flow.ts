import type { Flow, FlowProblem } from '../../../../contracts/flows.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { checkFlow } from './check-flow.ts'
import {
  type Author,
  findFlowText,
  insertFlow,
  keepStep,
  listFlows,
  listPublished,
  lockFlow,
  type NewStep,
  type StoredFlow,
  wasPublished,
} from './flow-store.ts'
import { findSilentRounds } from './silent-rounds.ts'

/** Somebody acts on a flow, as they saw it. */
export interface ActOn {
  readonly key: string
  readonly basedOn: number
  readonly by: Author
}

/** A new flow, as a draft. Refuses with `conflict` when there is one of that key. */
export async function createFlow(
  tx: Executor,
  clock: Clock,
  { key, flow: text, by }: { readonly key: string; readonly flow: Flow; readonly by: Author },
): Promise<StoredFlow> {
  const flow: StoredFlow = {
    key,
    version: 1,
    draftVersion: 1,
    publishedVersion: null,
    changedAt: clock.now(),
    changedBy: by.name,
  }
  const added = await insertFlow(tx, { flow, act: 'drafted', flowVersion: 1, text, by })
  if (!added) throw new Refusal('conflict', { what: 'key' })
  return flow
}

/** Keeps a new text beside the one in force. Refuses with `not_found`, `conflict` (`current`). */
export async function saveFlowDraft(
  tx: Executor,
  clock: Clock,
  { flow: text, ...act }: ActOn & { readonly flow: Flow },
): Promise<StoredFlow> {
  const flow = await lockAsSeen(tx, act)
  const draftVersion = flow.version + 1
  return take(
    tx,
    clock,
    flow,
    { act: 'drafted', flowVersion: draftVersion, text, by: act.by },
    { draftVersion },
  )
}

/** New dialogs begin on the newest text. Refuses with `not_found`, `conflict` (`current`), `invalid_request` (`problems`). */
export async function publishFlow(tx: Executor, clock: Clock, act: ActOn): Promise<StoredFlow> {
  const flow = await lockAsSeen(tx, act)
  return putInForce(tx, clock, flow, { act: 'published', flowVersion: flow.draftVersion, by: act.by })
}

/**
 * New dialogs begin on a text that was published before. Refuses with `not_found`, `conflict` (`current`; also a text that never was in
 * force), `invalid_request` (`problems`: what it leads to may be gone since).
 */
export async function rollBackFlow(
  tx: Executor,
  clock: Clock,
  { to, ...act }: ActOn & { readonly to: number },
): Promise<StoredFlow> {
  const flow = await lockAsSeen(tx, act)
  if (!(await wasPublished(tx, act.key, to))) throw new Refusal('conflict', { what: 'never published' })
  return putInForce(tx, clock, flow, { act: 'rolled-back', flowVersion: to, by: act.by })
}

/** What keeps a text from being published now, beside the other flows. */
export async function problemsOf(tx: Executor, key: string, flow: Flow): Promise<FlowProblem[]> {
  const all = await listFlows(tx)
  const others = (await listPublished(tx)).filter((one) => one.key !== key)
  const taken = flow.intents.filter((intent) => others.some(({ intents }) => intents.includes(intent)))
  const versions = new Map(others.map((one) => [one.key, one.version]))
  const textOf = async (other: string) => {
    const version = versions.get(other)
    return version === undefined ? undefined : findFlowText(tx, other, version)
  }
  return [
    ...checkFlow(flow, new Set([key, ...all.map((one) => one.key)])),
    ...(await findSilentRounds(key, flow, textOf)),
    ...taken.map((about): FlowProblem => ({ node: null, problem: 'intent-taken', about })),
  ]
}

async function putInForce(
  tx: Executor,
  clock: Clock,
  flow: StoredFlow,
  step: Pick<NewStep, 'act' | 'flowVersion' | 'by'>,
): Promise<StoredFlow> {
  const text = found(await findFlowText(tx, flow.key, step.flowVersion), 'flow text')
  const problems = await problemsOf(tx, flow.key, text)
  if (problems.length > 0) throw new Refusal('invalid_request', { in: 'flow', problems })
  return take(tx, clock, flow, { ...step, text: null }, { publishedVersion: step.flowVersion })
}

async function lockAsSeen(tx: Executor, { key, basedOn }: ActOn): Promise<StoredFlow> {
  const flow = found(await lockFlow(tx, key), 'flow')
  if (flow.version !== basedOn) throw new Refusal('conflict', { current: flow.version })
  return flow
}

async function take(
  tx: Executor,
  clock: Clock,
  before: StoredFlow,
  step: Omit<NewStep, 'flow'>,
  change: Partial<StoredFlow>,
): Promise<StoredFlow> {
  const flow: StoredFlow = {
    ...before,
    ...change,
    version: before.version + 1,
    changedAt: clock.now(),
    changedBy: step.by.name,
  }
  await keepStep(tx, { ...step, flow })
  return flow
}
