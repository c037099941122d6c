import type { Clock } from '../../platform/clock.ts'
import { afterCommit, type Executor, inTransaction } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import type { Sighting } from './sighting.ts'
import { recall, remember } from './sighting-memory.ts'
import {
  externalIdsOf,
  insertAliases,
  insertPoints,
  type Known,
  keyOf,
  keysOf,
  lockNames,
  type Names,
  readNames,
  refreshDetails,
} from './sighting-store.ts'

/** Names longer than any person's are cut. */
const LONGEST_NAME = 200

/**
 * The contact points of those who were seen, in the order given; unknown ones are created with their aliases. Safe to call for the same
 * new person on several nodes at once: there will be one contact point. Names are refreshed when a sighting tells new ones.
 * Given the pool, it is committed when it returns; known people whose names did not change cost no SQL.
 */
export async function sightContactPoints(
  db: Executor,
  clock: Clock,
  sightings: readonly Sighting[],
): Promise<string[]> {
  const now = clock.now()
  const ids = sightings.map((sighting) => recall(sighting, now))
  const unsure = sightings.filter((_, index) => ids[index] === undefined)
  if (unsure.length === 0) return ids.filter((id) => id !== undefined)
  const names = await settle(db, clock, unsure.map(storable))
  return sightings.map((sighting, index) => {
    const known = ids[index] ?? idOf(names, sighting)
    if (ids[index] === undefined) afterCommit(db, () => remember(sighting, known, now))
    return known
  })
}

function idOf(names: Names, sighting: Sighting): string {
  const known = names.get(keyOf(sighting.channelAccountId, sighting.externalId))
  if (!known) throw new Error('a sighting was left without a contact point')
  return known.id
}

/** PostgreSQL stores no NUL, and nobody's name is a page long. */
function storable(sighting: Sighting): Sighting {
  if (sighting.externalId === '' || sighting.aliases?.includes('')) {
    throw new Error('an empty external id names nobody')
  }
  const { displayName, username, ...rest } = sighting
  const name = shortened(displayName)
  const account = shortened(username)
  return { ...rest, ...(name && { displayName: name }), ...(account && { username: account }) }
}

const shortened = (name = '') => [...name.replaceAll('\u0000', '').trim()].slice(0, LONGEST_NAME).join('')

async function settle(db: Executor, clock: Clock, sightings: readonly Sighting[]): Promise<Names> {
  const known = await readNames(db, sightings)
  const names = hasStrangers(known, sightings)
    ? await within(db, (tx) => createStrangers(tx, clock, sightings, known))
    : known
  await refreshChanged(db, names, sightings)
  return names
}

const within = <T>(db: Executor, work: (tx: Executor) => Promise<T>): Promise<T> =>
  db.isTransaction ? work(db) : inTransaction(db, work)

const hasStrangers = (names: Names, sightings: readonly Sighting[]) =>
  sightings.some((sighting) => keysOf(sighting).some((key) => !names.has(key)))

/** Creates who is unknown under a lock on their names, so that nodes which see the same new person create one. */
async function createStrangers(
  tx: Executor,
  clock: Clock,
  sightings: readonly Sighting[],
  known: Names,
): Promise<Names> {
  const strange = sightings.flatMap(keysOf).filter((key) => !known.has(key))
  await lockNames(tx, strange)
  const names = await readNames(tx, sightings)
  const points: { id: string; sighting: Sighting }[] = []
  const aliases: { id: string; account: string; externalId: string }[] = []
  for (const sighting of sightings) {
    const keys = keysOf(sighting)
    const owner =
      keys.map((key) => names.get(key)).find((one) => one !== undefined) ?? asKnown(clock, sighting)
    if (!keys.some((key) => names.has(key))) points.push({ id: owner.id, sighting })
    for (const externalId of externalIdsOf(sighting)) {
      const key = keyOf(sighting.channelAccountId, externalId)
      // An alias never moves: whoever has it keeps it.
      if (names.has(key)) continue
      names.set(key, owner)
      aliases.push({ id: owner.id, account: sighting.channelAccountId, externalId })
    }
  }
  await insertPoints(tx, clock, points)
  await insertAliases(tx, clock, aliases)
  return names
}

function asKnown(clock: Clock, sighting: Sighting): Known {
  return {
    id: newId(clock),
    address: sighting.address,
    displayName: sighting.displayName ?? null,
    username: sighting.username ?? null,
    locale: sighting.locale ?? null,
  }
}

const changes = (known: Known, seen: Sighting) =>
  known.address !== seen.address ||
  (seen.displayName !== undefined && known.displayName !== seen.displayName) ||
  (seen.username !== undefined && known.username !== seen.username) ||
  (seen.locale !== undefined && known.locale !== seen.locale)

async function refreshChanged(db: Executor, names: Names, sightings: readonly Sighting[]): Promise<void> {
  const newest = new Map<string, Sighting>()
  for (const sighting of sightings) {
    const known = names.get(keyOf(sighting.channelAccountId, sighting.externalId))
    if (known && changes(known, sighting)) newest.set(known.id, sighting)
  }
  if (newest.size > 0) await refreshDetails(db, newest)
}
