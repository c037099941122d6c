import type { ProofKind } from '../../../../contracts/subscribers.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import type { Doer } from '../doer.ts'
import type { Subscribers } from '../subscribers.ts'
import { extendProof, insertProof, markLikenessDue, recomputeTrust } from './store.ts'

export interface NewProof {
  readonly contactPointId: string
  readonly kind: ProofKind
  /** Default: the rule's. A claim is a proof of level 1. */
  readonly level?: number
  /** What shows it (`msisdn`, another contact point); erasable, never a secret. */
  readonly evidence?: Readonly<Record<string, string>>
  /** Default: by the rule; null = never. */
  readonly expiresAt?: Date | null
  readonly by?: Doer
}

/**
 * Keeps a proof and raises the trust in the contact point; the same proof again only lasts longer. Gives the proof's id.
 * Announces `contact-point-proved` when it is new.
 */
export async function proveContactPoint(
  tx: Executor,
  subscribers: Subscribers,
  proof: NewProof,
): Promise<string> {
  const { clock, proofRules, announce } = subscribers
  const { contactPointId, kind, evidence = {}, by = { kind: 'system', name: kind } } = proof
  const rule = proofRules[kind]
  const level = proof.level ?? rule.level
  const at = clock.now()
  const expiresAt = proof.expiresAt === undefined ? new Date(at.getTime() + rule.lastsMs) : proof.expiresAt
  const row = { id: newId(clock), contactPointId, kind, level, evidence, provedAt: at, expiresAt }
  const known = await extendProof(tx, row)
  if (known === undefined) await insertProof(tx, row)
  const id = known ?? row.id
  await recomputeTrust(tx, [contactPointId], at)
  if (known !== undefined) return id
  if (evidence.msisdn !== undefined) await markLikenessDue(tx, contactPointId)
  await announce(tx, {
    kind: 'contact-point-proved',
    at,
    by,
    contactPointId,
    proofId: id,
    proof: kind,
    level,
    expiresAt,
  })
  return id
}

/**
 * Lowers the trust in contact points whose proof has run out since the last look, some at a time. Gives how many.
 * Only keeps the column true for lists: whoever reads by `describeContactPoints` is told the truth at once.
 */
export async function expireTrust(
  tx: Executor,
  { clock }: Pick<Subscribers, 'clock'>,
  limit = 500,
): Promise<number> {
  const due = await rows(
    tx,
    sql<{ id: string }>`
      select id from subscribers.contact_point where trust_expires_at <= ${clock.now()}
      order by trust_expires_at limit ${limit} for no key update skip locked`,
  )
  await recomputeTrust(
    tx,
    due.map(({ id }) => id),
    clock.now(),
  )
  return due.length
}
