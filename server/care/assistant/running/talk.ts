import { v5 as nameId } from 'uuid'
import type { Flow } from '../../../../contracts/flows.ts'
import type { Place } from '../../timeline/index.ts'
import type { DialogState, Ears, Input, Step } from '../engine/index.ts'
import type { PublishedFlow } from '../flows/flow-store.ts'
import type { FoundDialog, StoredDialog } from './dialog-store.ts'
import { earsOf } from './find-flow.ts'
import type { Doing } from './perform-act.ts'
import type { AssistantRoom } from './room.ts'

/** Names messages and orders of a dialog by its turn: a repeat has the same name. */
const NAMESPACE = '6f0c9f3e-5f0e-4a5c-9b1e-0d6a4b6f2f11'

/** The right to answer on a lane, for as long as the lease lasts. */
export interface Claim {
  readonly laneId: string
  readonly lease: string
  /** Where the words stand that waited when it was claimed; more may have come since. */
  readonly fromSeq: number
  readonly toSeq: number
  /** In which conversation the lane went on then; null: in none yet. */
  readonly conversationId: string | null
}

/** A dialog at a place, with what it takes to go on. */
export interface Talk {
  readonly place: Place
  readonly before: FoundDialog | undefined
  readonly published: readonly PublishedFlow[]
  readonly ears: Ears
}

/** A step that was taken, and what it was taken on. */
export interface Taken {
  readonly flow: Flow
  readonly input: Input
  readonly taken: Step
  /** Said before what the step says: an answer that a language model found in articles. */
  readonly answer?: string | undefined
  /** A language model had a part in the input. */
  readonly advised?: boolean
}

/** What a transaction left to be done before the next one. */
export interface Pending {
  readonly doing: Doing
  readonly conversationId: string
  readonly turn: number
}

/** People go on with a conversation. */
export interface Handed {
  readonly handed: string
}

/** What it takes to go on at a place, while these flows are in force: who can be sent where, and how words are heard. */
export function openTalk(
  { understanding }: AssistantRoom,
  place: Place,
  before: FoundDialog | undefined,
  published: readonly PublishedFlow[],
): Talk {
  return { place, before, published, ears: earsOf(understanding, published) }
}

const DAY_MS = 86_400_000
/** More turns than anybody takes in the days in which a dialog is remembered. */
const TURNS_A_DAY = 1_000

/**
 * The turn after which a dialog goes on or begins. What a dialog does is named by its turns, and one that rested for long is forgotten
 * (`forgetOldDialogs`): where none is known, they begin beyond any that it may have come to.
 */
export function lastTurn({ before, place }: Talk, now: Date): number {
  const days = Math.floor((now.getTime() - place.conversation.openedAt.getTime()) / DAY_MS)
  return before?.turn ?? Math.max(0, days) * TURNS_A_DAY
}

/** The assistant answers where nobody of the staff does, at doors through which everything may be said. */
export function mayAnswer({ conversation, door }: Place): boolean {
  const { state, assigneeId } = conversation
  const { policy, state: doorState } = door.account
  return (
    (state === 'open' || state === 'snoozed') &&
    assigneeId === null &&
    policy === 'full' &&
    doorState === 'active'
  )
}

/** What a dialog that waits for an act waits for. `secret`: what was told for it just now. */
export function pendingOf(
  dialog: StoredDialog,
  state: DialogState,
  secret: string | undefined,
): Pending | undefined {
  const { conversationId, laneId, freshUntil } = dialog
  if (state.act === null) return undefined
  const orderId = nameOf(conversationId, 'order', state.turn)
  const doing = { act: state.act, lineId: state.lineId, contactPointId: laneId, freshUntil, orderId, secret }
  return { doing, conversationId, turn: state.turn }
}

/** The id of what a turn of a conversation does. */
export const nameOf = (conversationId: string, what: string, turn: number): string =>
  nameId(`${what}:${conversationId}:${turn}`, NAMESPACE)
