import type { Entry } from '../../../contracts/entries.ts'
import { admitEntries, isBehind, type LaneSeqs } from './lane-cursors.ts'

const MOST_REPAIRS = 3

interface Watch {
  cursors: LaneSeqs
  /** Repairs asked for since something was last admitted. */
  repairs: number
}

export interface WatchesOptions {
  /** Asks the server for everything after these seqs. */
  readonly ask: (conversationId: string, laneSeqs: LaneSeqs) => void
  /** Asking did not help: the timeline must be read again. */
  readonly giveUp: (conversationId: string) => void
}

/** The conversations on screen and what is known of their lanes. */
export interface Watches {
  set(conversationId: string, laneSeqs: LaneSeqs): void
  drop(conversationId: string): void
  /** Entries to show, each once and none after a gap. */
  admit(entries: readonly Entry[]): readonly Entry[]
  compare(newest: LaneSeqs): void
  /** Ask again for all of them: after a reconnect. */
  renew(): void
}

/** Keeps the cursors of watched conversations and repairs gaps by asking again, at most three times in a row. */
export function createWatches({ ask, giveUp }: WatchesOptions): Watches {
  const watches = new Map<string, Watch>()

  function repair(conversationId: string, watch: Watch): void {
    watch.repairs += 1
    if (watch.repairs <= MOST_REPAIRS) ask(conversationId, watch.cursors)
    else giveUp(conversationId)
  }

  return {
    set(conversationId, cursors) {
      watches.set(conversationId, { cursors, repairs: 0 })
      ask(conversationId, cursors)
    },
    drop: (conversationId) => void watches.delete(conversationId),
    admit(entries) {
      const shown = new Map<string, Entry>()
      for (const [conversationId, watch] of watches) {
        const { admitted, cursors, gap } = admitEntries(watch.cursors, entries)
        watch.cursors = cursors
        if (admitted.length) watch.repairs = 0
        for (const entry of admitted) shown.set(`${entry.laneId}:${entry.seq}`, entry)
        if (gap) repair(conversationId, watch)
      }
      return [...shown.values()]
    },
    compare(newest) {
      for (const [conversationId, watch] of watches) {
        if (isBehind(watch.cursors, newest)) repair(conversationId, watch)
      }
    },
    renew() {
      for (const [conversationId, watch] of watches) ask(conversationId, watch.cursors)
    },
  }
}
