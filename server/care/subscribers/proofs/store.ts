import type { ProofKind } from '../../../../contracts/subscribers.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

export interface ProofRow {
  readonly id: string
  readonly contactPointId: string
  readonly kind: ProofKind
  readonly level: number
  readonly evidence: Readonly<Record<string, string>>
  readonly provedAt: Date
  readonly expiresAt: Date | null
}

/** Lets the same proof, if it still holds, last as long as the new one; gives its id. */
export async function extendProof(tx: Executor, proof: ProofRow): Promise<string | undefined> {
  const { contactPointId, kind, level, evidence, provedAt, expiresAt } = proof
  const known = await maybeOne(
    tx,
    sql<{ id: string }>`
      update subscribers.proof set expires_at = ${expiresAt}, proved_at = ${provedAt}
      where id = (
        select id from subscribers.proof
        where contact_point_id = ${contactPointId} and kind = ${kind} and level = ${level}
          and evidence = ${JSON.stringify(evidence)}::jsonb and revoked_at is null
          and (expires_at is null or expires_at > ${provedAt})
        order by proved_at desc limit 1)
      returning id`,
  )
  return known?.id
}

export async function insertProof(tx: Executor, proof: ProofRow): Promise<void> {
  const { id, contactPointId, kind, level, evidence, provedAt, expiresAt } = proof
  await rows(
    tx,
    sql`insert into subscribers.proof (id, contact_point_id, kind, level, evidence, proved_at, expires_at)
        values (${id}, ${contactPointId}, ${kind}, ${level}, ${JSON.stringify(evidence)}::jsonb, ${provedAt}, ${expiresAt})`,
  )
}

/** Sets the trust in these contact points to their highest proof that holds. */
export async function recomputeTrust(tx: Executor, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return
  await rows(
    tx,
    sql`
      update subscribers.contact_point p
      set trust = coalesce(best.level, 0), trust_expires_at = best.expires_at
      from unnest(${ids}::uuid[]) as wanted (id)
      left join lateral (
        select level, expires_at from subscribers.proof
        where contact_point_id = wanted.id and revoked_at is null and (expires_at is null or expires_at > ${now})
        order by level desc, expires_at desc nulls first limit 1
      ) best on true
      where p.id = wanted.id`,
  )
}

/** One proof holds no longer; or, without an id, none of the contact point's does. */
export async function revokeProofs(
  tx: Executor,
  contactPointId: string,
  proofId: string | null,
  now: Date,
): Promise<void> {
  await rows(
    tx,
    sql`update subscribers.proof set revoked_at = ${now}
        where contact_point_id = ${contactPointId} and revoked_at is null
          and (${proofId}::uuid is null or id = ${proofId}::uuid)`,
  )
  await recomputeTrust(tx, [contactPointId], now)
}

export async function markLikenessDue(tx: Executor, contactPointId: string): Promise<void> {
  await rows(tx, sql`update subscribers.contact_point set likeness_due = true where id = ${contactPointId}`)
}
