import type { Sighting } from './sighting.ts'

/** Most names that a process remembers: some 20 MB. */
const CAPACITY = 50_000
/** A memory is believed this long, so that an erasure whose notice got lost is noticed after all. */
const BELIEVED_MS = 600_000

interface Remembered {
  readonly id: string
  readonly at: number
  readonly address: string
  readonly displayName: string | undefined
  readonly username: string | undefined
  readonly locale: string | undefined
  readonly aliases: ReadonlySet<string>
}

// Oldest first: a Map keeps the order of insertion, and a recalled name is inserted anew.
const remembered = new Map<string, Remembered>()

const nameOf = (sighting: Sighting) => `${sighting.channelAccountId} ${sighting.externalId}`

/** Does the sighting tell anything that the memory does not have? What a sighting leaves out it does not deny. */
function tellsNothingNew(known: Remembered, sighting: Sighting): boolean {
  const { address, displayName, username, locale, aliases = [] } = sighting
  return (
    known.address === address &&
    (displayName === undefined || known.displayName === displayName) &&
    (username === undefined || known.username === username) &&
    (locale === undefined || known.locale === locale) &&
    aliases.every((alias) => known.aliases.has(alias))
  )
}

/** The contact point of a sighting that is known and tells nothing new; undefined = ask the database. */
export function recall(sighting: Sighting, now: Date): string | undefined {
  const name = nameOf(sighting)
  const known = remembered.get(name)
  if (!known || now.getTime() - known.at > BELIEVED_MS || !tellsNothingNew(known, sighting)) return undefined
  remembered.delete(name)
  remembered.set(name, known)
  return known.id
}

/** Remembers what the database now holds of a sighting. */
export function remember(sighting: Sighting, id: string, now: Date): void {
  const name = nameOf(sighting)
  const before = remembered.get(name)
  const same = before?.id === id ? before : undefined
  remembered.delete(name)
  remembered.set(name, {
    id,
    at: now.getTime(),
    address: sighting.address,
    displayName: sighting.displayName ?? same?.displayName,
    username: sighting.username ?? same?.username,
    locale: sighting.locale ?? same?.locale,
    aliases: new Set(sighting.aliases),
  })
  const oldest = remembered.keys().next()
  if (remembered.size > CAPACITY && !oldest.done) remembered.delete(oldest.value)
}

/** Forgets the names of these contact points: they were erased, and who writes again is somebody new. */
export function forgetSightings(ids: readonly string[]): void {
  const gone = new Set(ids)
  for (const [name, { id }] of remembered) if (gone.has(id)) remembered.delete(name)
}
