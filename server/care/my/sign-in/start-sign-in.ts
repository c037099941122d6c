import type { Locale } from '../../../../contracts/primitives.ts'
import { inTransaction } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { normaliseMsisdn } from '../../subscribers/index.ts'
import type { My } from '../my.ts'
import { insertChallenge, type Way } from './challenge-store.ts'
import { AGAIN_MS, ATTEMPTS, CODE_LASTS_MS, hashOfCode, newCode } from './codes.ts'
import { sealOrder } from './deliver-code.ts'

export interface SignInRequest {
  readonly msisdn: string
  readonly by: Way
  readonly locale: Locale
  readonly address: string
  /** The device's name, if the number was signed in on it before. */
  readonly knownDevice: (msisdn: string) => string | undefined
}

export interface CodeOnItsWay {
  readonly challengeId: string
  readonly expiresAt: Date
  readonly againAt: Date
}

/**
 * Sends a code to a number, or to the confirmed e-mail of its owner, if there is such a number or e-mail. Whether there is one is found out
 * after the answer, so that neither the answer nor its time tells. A code of a number does not end the one before it: a stranger
 * must not be able to end the owner's.
 * Refuses with `invalid_request` (no number in any country), `rate_limited`, `unavailable`.
 */
export async function startSignIn(my: My, request: SignInRequest): Promise<CodeOnItsWay> {
  const { clock, subscribers, limits } = my
  const msisdn = normaliseMsisdn(request.msisdn, subscribers.country)
  if (msisdn === undefined) throw new Refusal('invalid_request', { in: 'msisdn' })
  await limits.take(...limits.ofAddress('my-code', request.address))
  const device = request.knownDevice(msisdn)
  if (device === undefined)
    await subscribers.limits.take('code:number', subscribers.fingerprint(`number:${msisdn}`))
  else await limits.take('my-code:device', device)

  const { by, locale } = request
  const [challengeId, code, createdAt] = [newId(clock), newCode(), clock.now()]
  const expiresAt = new Date(createdAt.getTime() + CODE_LASTS_MS)
  await inTransaction(my.db, async (tx) => {
    await insertChallenge(tx, {
      id: challengeId,
      sessionId: null,
      by,
      secretHash: hashOfCode(my, challengeId, code),
      msisdn,
      contactPointId: null,
      locale,
      createdAt,
      expiresAt,
      attempts: ATTEMPTS,
    })
    await my.askForDelivery(tx, sealOrder(my, { challengeId, code, msisdn, by, locale, until: expiresAt }))
  })
  return { challengeId, expiresAt, againAt: new Date(createdAt.getTime() + AGAIN_MS) }
}
