import type { WebhookEvent } from '../../../contracts/integrations.ts'
import type { Executor } from '../../platform/database/index.ts'

/** Something that other systems may want to know: names and ids, never words. */
export interface OutsideEvent {
  readonly event: WebhookEvent
  readonly laneId: string
  readonly conversationId?: string | null
  /** The entry that it is about. */
  readonly seq?: number | null
  /** Further ids of what it is about, by their names. */
  readonly ids?: Readonly<Record<string, string | null>>
}

/** The way to other systems, as this room sees it. */
export interface Outside {
  /** Does anybody want to know such events? Asked before anything is put together; costs nothing. */
  hears(event: WebhookEvent): boolean
  /** Tells in the transaction that makes it true: what is rolled back was never told. */
  tell(tx: Executor, events: readonly OutsideEvent[]): Promise<void>
}
