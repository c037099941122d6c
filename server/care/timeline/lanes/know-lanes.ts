import type { Executor } from '../../../platform/database/index.ts'
import { makeLanes, type NewLane } from './lanes.ts'

/** Lanes are never deleted, so that a process may remember which ones exist; bounded, oldest forgotten first. */
const MOST = 200_000
const known = new WeakMap<object, Set<string>>()

/** Makes sure that the lanes exist. Costs nothing for those that this process has met before. */
export async function knowLanes(db: Executor, lanes: readonly NewLane[]): Promise<void> {
  const met = known.get(db) ?? new Set<string>()
  known.set(db, met)
  const unknown = lanes.filter((lane) => !met.has(lane.id))
  if (unknown.length === 0) return
  await makeLanes(db, unknown)
  for (const lane of unknown) met.add(lane.id)
  for (const oldest of met) {
    if (met.size <= MOST) break
    met.delete(oldest)
  }
}
