import type { OperatorEdge } from '../../operator/edge/index.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Service, Staff } from '../../platform/http/index.ts'
import type { SharedLimits } from '../../platform/shared-limits.ts'
import type { LaneWindow, Subscribers } from '../subscribers/index.ts'

/** A member of the staff or another system looks at somebody's line. */
export interface Look {
  readonly actor: Staff | Service
  /** Absent: nobody's contact point yet, a person of its own. */
  readonly subscriberId?: string | undefined
  readonly contactPointId?: string | undefined
  /** Where the request came from. */
  readonly address: string
}

/** What this room works with; made once, in the composition root. */
export interface LinesRoom {
  readonly clock: Clock
  readonly edge: OperatorEdge
  /** Refuses with `need_to_know` whoever may open no conversation of a person. */
  readonly requireNeedToKnow: (
    db: Executor,
    actor: Staff | Service,
    windows: readonly LaneWindow[],
  ) => Promise<void>
  readonly recordLook: (db: Executor, look: Look) => Promise<void>
  /** Records that a masked number was seen and gives how many reveals are left today; refuses with `reveal_cap_reached`. */
  readonly recordReveal: (db: Executor, look: Look & { actor: Staff; reason: string }) => Promise<number>
  /** Keeps for the audit what a member of the staff changed. */
  readonly recordChange: (
    tx: Executor,
    change: {
      readonly by: { readonly id: string; readonly name: string }
      readonly act: string
      readonly subject: string
      readonly after: unknown
    },
  ) => Promise<void>
  readonly subscribers: Subscribers
  /** Somebody takes away a file of their own line. */
  readonly recordExport: (
    db: Executor,
    taken: { readonly subscriberId: string; readonly what: string; readonly address: string },
  ) => Promise<void>
  /** Tries at a lost SIM's code word, by number and by origin; files that one person takes; numbers that one person asks about. */
  readonly limits: SharedLimits<LineLimit>
  /** A number in the country's usual ways of writing it; undefined = none. */
  readonly normalise: (msisdn: string) => string | undefined
}

/** Names of the limits. */
export type LineLimit =
  | 'lost-sim:number'
  | 'lost-sim:origin'
  | 'line-export:subscriber'
  | 'transfer-to:subscriber'

/** Few enough that a word cannot be guessed, enough for somebody in a hurry. Many may stand behind one address. */
export const LINE_LIMITS = {
  'lost-sim:number': { points: 5, duration: 3600 },
  'lost-sim:origin': { points: 30, duration: 3600 },
  'line-export:subscriber': { points: 20, duration: 3600 },
  // What is asked of a transfer tells whether its number is one of ours.
  'transfer-to:subscriber': { points: 60, duration: 3600 },
} as const satisfies Record<LineLimit, { points: number; duration: number }>
