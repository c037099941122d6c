import { randomBytes } from 'node:crypto'
import type { Executor } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { linkContactPoints } from '../links/link-contact-points.ts'
import { lockContactPoints } from '../links/store.ts'
import type { Subscribers } from '../subscribers.ts'
import { insertChallenge, spendToken } from './challenge-store.ts'
import { proveContactPoint } from './prove.ts'

const TOKEN_LASTS_MS = 900_000
/** 32 characters of [A-Za-z0-9_-]: Telegram allows 64 of them after `?start=`. */
const TOKEN_BYTES = 24

export interface StartToken {
  readonly token: string
  readonly expiresAt: Date
}

/** Makes a one-time token by which the person of a contact point is recognised at another door within 15 minutes. Only its hash is kept. */
export async function makeStartToken(
  tx: Executor,
  subscribers: Subscribers,
  contactPointId: string,
  channelAccountId: string,
): Promise<StartToken> {
  const { clock } = subscribers
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const createdAt = clock.now()
  const expiresAt = new Date(createdAt.getTime() + TOKEN_LASTS_MS)
  await insertChallenge(tx, {
    id: newId(clock),
    kind: 'deep-link',
    contactPointId,
    secretHash: hashOf(subscribers, token),
    msisdn: null,
    channelAccountId,
    createdAt,
    expiresAt,
    attempts: 1,
  })
  return { token, expiresAt }
}

/**
 * Somebody came through a door with a token: they are whoever it was made for. Proves the contact point and links the two.
 * Gives false, and changes nothing, for a token that is unknown, used, too old or made for another door: the message that carried it
 * stands all the same.
 */
export async function redeemStartToken(
  tx: Executor,
  subscribers: Subscribers,
  token: string,
  contactPointId: string,
): Promise<boolean> {
  const giver = await spendToken(tx, hashOf(subscribers, token), contactPointId, subscribers.clock.now())
  if (giver === undefined || giver === contactPointId) return false
  const present = await lockContactPoints(tx, [giver, contactPointId])
  if (present.size < 2) return false
  const by = { kind: 'system', name: 'deep-link' } as const
  const proofId = await proveContactPoint(tx, subscribers, {
    contactPointId,
    kind: 'deep-link',
    evidence: { contactPointId: giver },
    by,
  })
  await linkContactPoints(tx, subscribers, {
    contactPointId,
    toContactPointId: giver,
    by,
    reason: 'deep-link',
    proofId,
  })
  return true
}

const hashOf = ({ fingerprint }: Subscribers, token: string) =>
  Buffer.from(fingerprint(`deep-link:${token}`), 'hex')
