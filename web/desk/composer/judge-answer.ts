import type { Conversation, PersonLane } from '../../../contracts/conversations.ts'
import { type Forbidden, forbiddenIn, type Obstacle, obstacleOf, type Room, roomOf } from './check-reply.ts'
import type { DraftContent } from './draft-keeper.ts'

/** What is to be said of a reply before it leaves. */
export interface Judgement {
  readonly obstacle: Obstacle | null
  readonly room: Room | null
  readonly forbidden: readonly Forbidden[]
  readonly ready: boolean
}

/** The door that was chosen, else the one by which the person wrote, else any. */
export const laneFor = (
  { lanes, replyLaneId }: Conversation,
  chosen: string | null,
): PersonLane | undefined =>
  lanes.find((one) => one.laneId === chosen) ?? lanes.find((one) => one.laneId === replyLaneId) ?? lanes[0]

/**
 * Judges what is written. A note stays in the house: no door stands in its way.
 * @param coming files that are still being uploaded
 */
export function judge(
  { text, note, attachments }: DraftContent,
  lane: PersonLane | undefined,
  coming: number,
  now: number,
): Judgement {
  if (note) return { obstacle: null, room: null, forbidden: [], ready: text.trim() !== '' && coming === 0 }
  if (!lane) return { obstacle: null, room: null, forbidden: [], ready: false }
  const obstacle = obstacleOf(lane, now)
  const room = roomOf(lane, text, attachments.length)
  const forbidden = forbiddenIn(lane, text, attachments.length + coming)
  const saysSomething = text.trim() !== '' || attachments.length > 0
  const fits = !room || room.length <= room.max
  return {
    obstacle,
    room,
    forbidden,
    ready: saysSomething && coming === 0 && !obstacle && forbidden.length === 0 && fits,
  }
}
