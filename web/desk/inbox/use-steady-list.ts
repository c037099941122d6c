import { useRef, useState } from 'react'
import type { ConversationSummary } from '../../../contracts/conversations.ts'

export interface SteadyRow {
  readonly row: ConversationSummary
  /** It left this list while the pointer was over it. */
  readonly gone: boolean
}

/**
 * Keeps the order still while a pointer is over the list, so that no row moves away under a click: contents stay fresh,
 * newcomers are counted, leavers are struck out. When the pointer leaves, the list is as it is.
 */
export function useSteadyList(rows: readonly ConversationSummary[]) {
  const [held, setHeld] = useState<readonly ConversationSummary[] | null>(null)
  const latest = useRef(rows)
  latest.current = rows
  const fresh = new Map(rows.map((row) => [row.id, row]))
  const heldIds = new Set(held?.map((row) => row.id))
  // Rows that paging added at the end are not newcomers: they stand where they are read.
  const lastKnown = held ? rows.findLastIndex((row) => heldIds.has(row.id)) : -1
  const appended = held ? rows.slice(lastKnown + 1) : []
  const shown: SteadyRow[] = held
    ? [
        ...held.map((row) => ({ row: fresh.get(row.id) ?? row, gone: !fresh.has(row.id) })),
        ...appended.map((row) => ({ row, gone: false })),
      ]
    : rows.map((row) => ({ row, gone: false }))
  const newcomers = held ? rows.slice(0, lastKnown + 1).filter((row) => !heldIds.has(row.id)).length : 0
  return {
    shown,
    newcomers,
    hold: () => setHeld((now) => now ?? latest.current),
    letGo: () => setHeld(null),
  }
}
