import type { Executor } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import { topicKeyOf } from '../../topics/index.ts'
import { beginDialog, type DialogState, type Input, localeOf, sayCalling, step } from '../engine/index.ts'
import { OPERATORS_ZONE } from '../operators-zone.ts'
import type { AssistantRoom } from './room.ts'
import type { Taken, Talk } from './talk.ts'

/** Flows that lead to one another without anybody being heard. */
const MOST_FLOWS = 8
/** The flow that everybody comes to who says no more than hello. */
export const MAIN = 'main'

/** What goes along from one flow to the next. */
type Kept = Pick<DialogState, 'wanted' | 'turn'> &
  Partial<Pick<DialogState, 'tried' | 'path' | 'lineId' | 'told'>>

/** Begins a flow on its published text: its first step. Undefined: there is no such flow in force. */
export async function beginFlow(
  tx: Executor,
  room: AssistantRoom,
  { place, published, before }: Talk,
  key: string,
  kept: Kept,
): Promise<Taken | undefined> {
  const version = published.find((one) => one.key === key)?.version
  const flow = version === undefined ? undefined : await room.flows.text(tx, key, version)
  if (!flow || version === undefined) return undefined
  const now = room.clock.now()
  const fresh = before?.freshUntil !== null && before?.freshUntil !== undefined && before.freshUntil > now
  const trust = fresh ? 4 : place.point.trust
  const { topicId } = place.conversation
  const topic = topicId === null ? null : await topicKeyOf(tx, topicId)
  const facts = {
    channel: place.door.account.kind,
    trust,
    signedIn: trust >= 4,
    hour: hourOf(now),
    ...(topic !== null && { topic }),
    topUpLink: room.links.topUp,
    marketLink: room.links.market,
  }
  const first = beginDialog({
    flow: key,
    version,
    locale: localeOf(place.point.locale),
    facts,
    wanted: kept.wanted,
  })
  const input: Input = { kind: 'begin' }
  return { flow, input, taken: step(flow, { ...first, ...kept }, input, now) }
}

/** A step that leads to another flow begins it; flows that only lead to one another end with a person. */
export async function followStarts(
  tx: Executor,
  room: AssistantRoom,
  talk: Talk,
  steps: readonly Taken[],
): Promise<Taken[]> {
  const all = [...steps]
  for (let begun = 0; begun < MOST_FLOWS; begun++) {
    const last = found(all.at(-1), 'step')
    const { state, effect } = last.taken
    if (effect?.kind !== 'start') return all
    const { wanted, turn, tried, path, lineId, told } = state
    const kept = { wanted, turn, tried, path, lineId, told }
    const next = await beginFlow(tx, room, talk, effect.flow, kept)
    if (!next) break
    all.push(next)
  }
  const last = found(all.at(-1), 'step')
  const handOver = { kind: 'hand-over', queue: 'general', skill: null, urgent: false, why: 'failed' } as const
  const calling = { text: sayCalling(last.taken.state.locale), choices: [], secret: false }
  const taken = { ...last.taken, outputs: [...last.taken.outputs, calling], effect: handOver }
  return [...all.slice(0, -1), { ...last, taken }]
}

/** Made once: making it costs more than a statement. */
const HOUR = new Intl.DateTimeFormat('en', {
  hour: 'numeric',
  hourCycle: 'h23',
  timeZone: OPERATORS_ZONE,
})
const hourOf = (now: Date): number => Number(HOUR.format(now))
