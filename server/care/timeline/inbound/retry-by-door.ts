import { databaseProblem, rows, sql } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Doors } from '../accounts/doors.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { replayUnfiled } from './unfiled.ts'

/** Events that are looked for at a time. */
const LOOKED = 50

export interface Retries {
  /** Begins to try again what is due, but for doors where some are being tried; does not wait for what becomes of it. */
  look(): Promise<void>
  /** Begins nothing more; what is being tried ends by itself. */
  stop(): void
}

/**
 * Tries again, by itself, what could not be filed: doors side by side, each one event after the other. A try may have to ask outside (a
 * mailbox that does not give a mail), and a server that keeps one waiting must not hold up the other doors.
 * @param onTried hears whenever something was tried
 */
export function retryByDoor(context: OutboundContext, doors: Doors, onTried: () => void): Retries {
  const busy = new Set<string>()
  let stopped = false

  const retryAll = async (ids: readonly string[]) => {
    for (const id of ids) {
      if (stopped) return
      await replayUnfiled(context, doors, id).catch((error: unknown) => {
        if (databaseProblem(error)) throw error
        // A refusal: a person was quicker.
        if (!(error instanceof Refusal)) context.log.error({ err: error, unfiledEvent: id }, 'replay failed')
      })
      onTried()
    }
  }
  const begin = (door: string, ids: readonly string[]) => {
    busy.add(door)
    void retryAll(ids)
      .catch((error: unknown) => {
        // With the database away they stay due.
        if (!databaseProblem(error)) context.log.error({ err: error }, 'retrying failed')
      })
      .finally(() => busy.delete(door))
  }
  return {
    look: async () => {
      for (const [door, ids] of byDoor(await findDue(context, [...busy])))
        if (!busy.has(door)) begin(door, ids)
    },
    stop: () => {
      stopped = true
    },
  }
}

interface Due {
  readonly id: string
  readonly door: string
}

function findDue({ db, clock }: OutboundContext, busyDoors: readonly string[]): Promise<Due[]> {
  return rows(
    db,
    sql<Due>`select id, channel_account_id as door from timeline.unfiled_event
      where state = 'failed' and next_attempt_at <= ${clock.now()} and channel_account_id <> all(${busyDoors}::uuid[])
      order by next_attempt_at limit ${LOOKED}`,
  )
}

function byDoor(due: readonly Due[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const { id, door } of due) groups.set(door, [...(groups.get(door) ?? []), id])
  return groups
}
