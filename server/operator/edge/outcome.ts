import type { z } from 'zod'
import type { LineRole as Role } from '../../../contracts/lines.ts'

type LineRole = z.infer<typeof Role>

/** A reading with its age: what a billing system told us at `asOf`, now or the last time that it answered. */
export interface Aged<T> {
  readonly value: T
  readonly asOf: Date
}

/** Who asks for something to be done to a line, and through which door. */
export interface By {
  readonly kind: 'subscriber' | 'agent' | 'assistant' | 'system' | 'service'
  readonly id: string | null
  readonly name: string | null
  readonly through: 'my' | 'desk' | 'chat' | 'voice' | 'api' | 'rule'
  /**
   * How sure we are that the person behind it may do it (contact point trust, 0–4): 2 the general state, 3 options and tariff,
   * 4 money, blocking, call details. Agents, services and rules act with 4: their own rights are checked by role.
   */
  readonly trust: 0 | 1 | 2 | 3 | 4
  /** What a subscriber, or whoever the assistant talks to, is on the line; null for everybody else. */
  readonly lineRole: LineRole | null
  /** Whom of the operator's books a subscriber is, as far as it is known. */
  readonly partyId?: string | null
  /** The contact point where the assistant was asked, and says how it went: what is told at all of theirs is not told there again. */
  readonly contactPointId?: string
  /** A code of the last minutes stands behind it: money does not leave the line without. */
  readonly fresh: boolean
  /** Staff roles, for the limits of what an agent may give away. */
  readonly roles: readonly string[]
}
