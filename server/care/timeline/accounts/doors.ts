import type { Clock } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/database/index.ts'
import type { Vault } from '../../../platform/vault/index.ts'
import type { ChannelAccountRow, ChannelAdapter } from '../channel-adapter.ts'
import { listAccounts } from './accounts.ts'

/** A channel account with the adapter that speaks its format. */
export interface Door {
  readonly account: ChannelAccountRow
  readonly adapter: ChannelAdapter
}

/** Every open door; kept in memory, refreshed when an account changes. */
export interface Doors {
  find(channelAccountId: string): Promise<Door | undefined>
  all(): Promise<Door[]>
  /** Reads the accounts again. */
  refresh(): Promise<void>
}

/** How long a change made on another node may go unseen, in milliseconds. */
const FRESH_MS = 5_000

/**
 * Keeps the open doors in memory: every inbound webhook asks for one. A change on this node is seen at once, on another
 * node within seconds.
 */
export function createDoors(db: Db, vault: Vault, clock: Clock, adapters: readonly ChannelAdapter[]): Doors {
  let doors = new Map<string, Door>()
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined

  const read = async () => {
    const accounts = await listAccounts(db, vault)
    const next = new Map<string, Door>()
    for (const account of accounts) {
      const adapter = adapters.find((one) => one.kind === account.kind)
      if (adapter) next.set(account.id, { account, adapter })
    }
    doors = next
    readAt = clock.now().getTime()
  }
  const refresh = () => {
    reading ??= read().finally(() => {
      reading = undefined
    })
    return reading
  }
  const fresh = async () => {
    if (clock.now().getTime() - readAt > FRESH_MS) await refresh()
  }
  return {
    refresh,
    find: async (id) => {
      await fresh()
      return doors.get(id)
    },
    all: async () => {
      await fresh()
      return [...doors.values()]
    },
  }
}
