import { createHash } from 'node:crypto'
import { countChanged, type Executor, one, sql } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Call } from './call.ts'

export interface NamedThing {
  readonly api: string
  /** What the client calls it; undefined: nothing, every request makes another. */
  readonly name: string | undefined
  /** The id that it gets if it is the first of that name. */
  readonly thingId: string
  readonly asked: unknown
}

/**
 * Takes a name for a thing in the transaction that makes it. Gives the id of the thing that has it already; undefined: it is free. Whoever
 * asks at the same time waits. Refuses with `idempotency_key_reused` where something else was asked under that name.
 */
export async function claimName(
  tx: Executor,
  { actor, room }: Call,
  { api, name, thingId, asked }: NamedThing,
): Promise<string | undefined> {
  if (name === undefined) return undefined
  const digest = createHash('sha256').update(JSON.stringify(asked)).digest()
  const added = await countChanged(
    tx,
    sql`insert into tmf.client_name (client_id, api, name, thing_id, digest, made_at)
      values (${actor.id}, ${api}, ${name}, ${thingId}, ${digest}, ${room.clock.now()}) on conflict do nothing`,
  )
  if (added > 0) return undefined
  const kept = await one(
    tx,
    sql<{ thingId: string; digest: Buffer }>`select thing_id as "thingId", digest from tmf.client_name
      where client_id = ${actor.id} and api = ${api} and name = ${name}`,
  )
  if (!kept.digest.equals(digest)) throw new Refusal('idempotency_key_reused', { name })
  return kept.thingId
}

/** Destroys what clients called these things: whoever asks for one of them once more makes another. Gives how many. */
export function eraseClientNames(tx: Executor, thingIds: readonly string[]): Promise<number> {
  return countChanged(tx, sql`delete from tmf.client_name where thing_id = any(${[...thingIds]}::uuid[])`)
}
