import type { ChannelKind } from '../../../../contracts/channels.ts'
import type { Bus } from '../../../platform/bus/index.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Db, Executor } from '../../../platform/database/index.ts'
import type { Files } from '../../../platform/files/index.ts'
import type { Log } from '../../../platform/telemetry/index.ts'
import type { Subscribers } from '../../subscribers/index.ts'
import type { FilingRules } from '../filing/rules.ts'
import type { TimelineNotice } from '../live/notices.ts'
import type { Outside } from '../outside.ts'

/** An entry that was accepted on a lane. */
export interface Brought {
  readonly laneId: string
  readonly seq: number
}

/** Whom to greet. */
export interface Greet {
  readonly laneId: string
  /** Where it stands on the lane that they opened the door. */
  readonly seq: number
  /** Names the greeting for the channel. */
  readonly id: string
  /** From 1. */
  readonly tries: number
}

/** Leaves work to be done after the commit, in the caller's transaction. */
export interface FollowUp {
  fetchAttachment(tx: Executor, attachmentId: string): Promise<void>
  /** Something of ours stands on a lane that the person's side reads by itself: somebody may knock at it. */
  leftToRead(tx: Executor, laneId: string, channel: ChannelKind): Promise<void>
  /** Somebody has opened a door and written nothing yet; `at`: not before. */
  greet(tx: Executor, opened: Greet, at?: Date): Promise<void>
  /** Whether somebody is to hear of what is filed. */
  hearsFiled(): Promise<boolean>
  /** This is filed: whoever takes part on lanes may hear it. */
  filed(tx: Executor, brought: readonly Brought[]): Promise<void>
}

/** What the inbound pipeline works with; made once, in the composition root. */
export interface InboundContext {
  readonly db: Db
  /** Connections that only batches of accepted messages use, one each: they wait behind nobody's screen. */
  readonly intake: Db
  readonly clock: Clock
  readonly log: Log
  readonly bus: Bus<TimelineNotice>
  readonly files: Files
  readonly followUp: FollowUp
  readonly subscribers: Subscribers
  readonly rules: FilingRules
  readonly outside: Outside
}
