import { randomInt, timingSafeEqual } from 'node:crypto'
import { type Db, type Executor, inTransaction } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { describeContactPoints } from '../contact-points.ts'
import type { Doer } from '../doer.ts'
import { localeOf } from '../locale.ts'
import { normaliseMsisdn } from '../msisdn.ts'
import type { Subscribers } from '../subscribers.ts'
import { type CodeAttempt, endOpenCodes, insertChallenge, spendCode, takeAttempt } from './challenge-store.ts'
import { linkToNumber } from './link-to-number.ts'
import { proveContactPoint } from './prove.ts'

const CODE_LASTS_MS = 300_000
const ATTEMPTS = 5

export interface CodeOnItsWay {
  readonly proofId: string
  readonly expiresAt: Date
  readonly msisdn: string
}

/**
 * Sends a code of six digits to a number that the person claims: they tell it through the contact point within five minutes, with five attempts.
 * An earlier code of the contact point ends. Neither log nor table holds the code in clear; the SMS port carries it out.
 * Refuses with `invalid_request` (no number), `not_found`, `rate_limited` (3 a number, 10 an agent in an hour), `unavailable`.
 */
export async function startSmsCode(
  db: Db,
  subscribers: Subscribers,
  { contactPointId, msisdn: claimed, by }: { contactPointId: string; msisdn: string; by: Doer },
): Promise<CodeOnItsWay> {
  const { clock, country, fingerprint, limits, sms, codeText } = subscribers
  const msisdn = normaliseMsisdn(claimed, country)
  if (msisdn === undefined) throw new Refusal('invalid_request', { in: 'msisdn' })
  const now = clock.now()
  const point = found(
    (await describeContactPoints(db, [contactPointId], now)).get(contactPointId),
    'contact point',
  )
  if (point.erased) throw new Refusal('not_found', { what: 'contact point' })
  await limits.take('code:agent', by.kind === 'system' ? by.name : by.id)
  await limits.take('code:number', fingerprint(`number:${msisdn}`))
  const id = newId(clock)
  const code = randomInt(1_000_000).toString().padStart(6, '0')
  const expiresAt = new Date(now.getTime() + CODE_LASTS_MS)
  await inTransaction(db, async (tx) => {
    await endOpenCodes(tx, contactPointId, now)
    await insertChallenge(tx, {
      id,
      kind: 'sms-code',
      contactPointId,
      secretHash: hashOf(subscribers, id, code),
      msisdn,
      channelAccountId: null,
      createdAt: now,
      expiresAt,
      attempts: ATTEMPTS,
    })
    const text = codeText(code, localeOf(point.locale) ?? 'ru')
    await sms.send(tx, { msisdn, text, kind: 'code', until: expiresAt })
  })
  return { proofId: id, expiresAt, msisdn }
}

/**
 * The code that the person told: proves the contact point (level 3) and links it to the person of that number. Gives the proof's id.
 * Refuses with `not_found`, `code_wrong` (`attemptsLeft`), `code_expired` (too old, used, or replaced), `rate_limited` (no attempt left).
 */
export async function confirmSmsCode(
  db: Db,
  subscribers: Subscribers,
  { contactPointId, proofId, code, by }: { contactPointId: string; proofId: string; code: string; by: Doer },
): Promise<string> {
  const attempt = found(await takeAttempt(db, { id: proofId, contactPointId }), 'proof')
  const msisdn = requireOpen(subscribers, attempt)
  if (!timingSafeEqual(attempt.secretHash, hashOf(subscribers, proofId, code.trim()))) {
    throw new Refusal('code_wrong', { attemptsLeft: attempt.attemptsLeft })
  }
  return inTransaction(db, (tx) =>
    accept(tx, subscribers, { contactPointId, challengeId: proofId, msisdn, by }),
  )
}

function requireOpen({ clock }: Subscribers, { usedAt, expiresAt, msisdn, taken }: CodeAttempt): string {
  if (usedAt !== null || msisdn === null || expiresAt <= clock.now()) throw new Refusal('code_expired')
  if (!taken) throw new Refusal('rate_limited', { attemptsLeft: 0 })
  return msisdn
}

async function accept(
  tx: Executor,
  subscribers: Subscribers,
  given: { contactPointId: string; challengeId: string; msisdn: string; by: Doer },
): Promise<string> {
  const { contactPointId, challengeId, msisdn, by } = given
  if (!(await spendCode(tx, challengeId, subscribers.clock.now()))) throw new Refusal('code_expired')
  const proof = { contactPointId, kind: 'sms-code', evidence: { msisdn }, by } as const
  const proofId = await proveContactPoint(tx, subscribers, proof)
  await linkToNumber(tx, subscribers, { contactPointId, msisdn, proofId, by, reason: 'sms-code' })
  return proofId
}

/** Six digits are soon tried out: only a keyed hash keeps them. The challenge's id makes equal codes differ. */
const hashOf = ({ fingerprint }: Subscribers, challengeId: string, code: string) =>
  Buffer.from(fingerprint(`sms-code:${challengeId}:${code}`), 'hex')
