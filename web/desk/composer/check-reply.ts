import type { PersonLane } from '../../../contracts/conversations.ts'
import { type PersonalData, personalDataIn } from '../../../contracts/personal-data.ts'
import { textLength } from '../../shared/format/index.ts'

/** Why nothing may be sent through a lane at all; null = one may. The server decides; this says it before the typing. */
export type Obstacle = 'policy' | 'unreachable' | 'window'

export function obstacleOf(lane: PersonLane, now: number): Obstacle | null {
  if (lane.policy === 'invite-only') return 'policy'
  if (!lane.reachable) return 'unreachable'
  return lane.windowClosesAt && Date.parse(lane.windowClosesAt) <= now ? 'window' : null
}

export type Forbidden = PersonalData | 'attachment'

/** What has to go from an answer before a door for nothing personal carries it; empty: nothing. */
export function forbiddenIn(lane: PersonLane, text: string, attachments: number): Forbidden[] {
  if (lane.policy !== 'no-personal-data') return []
  return [...personalDataIn(text), ...(attachments > 0 ? (['attachment'] as const) : [])]
}

export interface Room {
  readonly length: number
  readonly max: number
  readonly unit: PersonLane['capabilities']['textUnit']
}

/** How much of the channel's room a text takes; null where there is no limit. */
export function roomOf({ capabilities }: PersonLane, text: string, attachments: number): Room | null {
  const max =
    attachments > 0 && capabilities.captionMax !== null ? capabilities.captionMax : capabilities.textMax
  return max === null
    ? null
    : { length: textLength(text, capabilities.textUnit), max, unit: capabilities.textUnit }
}
