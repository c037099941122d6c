import type { Locale } from '../../../../contracts/primitives.ts'
import { inTransaction } from '../../../platform/database/index.ts'
import type { Subscriber } from '../../../platform/http/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { findProvedPoint, maskAddress, maskNumber } from '../../subscribers/index.ts'
import type { My } from '../my.ts'
import { FRESH_MS } from '../sessions/rules.ts'
import { findSession, setFresh } from '../sessions/session-store.ts'
import { insertChallenge, spendCode, takeAttempt } from './challenge-store.ts'
import {
  AGAIN_MS,
  ATTEMPTS,
  CODE_LASTS_MS,
  hashOfCode,
  newCode,
  requireRightCode,
  type Told,
} from './codes.ts'
import { isSimLost } from './lost-sim.ts'
import type { CodeOnItsWay } from './start-sign-in.ts'

/**
 * Sends a code to where this session's own code went: to the number that it rests on, or to the e-mail. Refuses with `rate_limited`, and with `unavailable`
 * where there is nowhere to send it to.
 */
export async function sendFreshCode(
  my: My,
  actor: Subscriber,
  locale: Locale,
): Promise<CodeOnItsWay & { masked: string }> {
  const { clock, limits, subscribers } = my
  const way = await wayTo(my, actor)
  await limits.take('my-fresh:subscriber', actor.id)
  const [challengeId, code, createdAt] = [newId(clock), newCode(), clock.now()]
  const expiresAt = new Date(createdAt.getTime() + CODE_LASTS_MS)
  await inTransaction(my.db, async (tx) => {
    await insertChallenge(tx, {
      id: challengeId,
      sessionId: actor.sessionId,
      by: way.by,
      secretHash: hashOfCode(my, challengeId, code),
      msisdn: way.msisdn,
      contactPointId: null,
      locale,
      createdAt,
      expiresAt,
      attempts: ATTEMPTS,
    })
    const { msisdn } = way
    if (way.by === 'email')
      await my.mail.send(tx, {
        address: way.address,
        ...my.words.codeMail(code, locale),
        until: expiresAt,
      })
    else
      await subscribers.sms.send(tx, {
        msisdn,
        text: my.words.codeText(code, locale),
        kind: 'code',
        until: expiresAt,
      })
  })
  const againAt = new Date(createdAt.getTime() + AGAIN_MS)
  return { challengeId, expiresAt, againAt, masked: way.masked }
}

type WayTo =
  | { readonly by: 'sms'; readonly msisdn: string; readonly masked: string }
  | { readonly by: 'email'; readonly msisdn: string; readonly address: string; readonly masked: string }

async function wayTo(my: My, actor: Subscriber): Promise<WayTo> {
  const { db, clock } = my
  const { session, line } = await groundsOf(my, actor)
  const { msisdn } = line
  const bySms = { by: 'sms', msisdn, masked: maskNumber(msisdn) } as const
  const isLost = await isSimLost(db, my, line)
  if (session.signedInBy === 'sms' && !isLost) return bySms
  // Who came without the SIM, or told that it is lost, has it no longer, or somebody else has.
  const mail = await findProvedPoint(db, actor.id, 'email', clock.now())
  if (mail) return { by: 'email', msisdn, address: mail.address, masked: maskAddress('email', mail.address) }
  if (session.signedInBy === 'email' || isLost) throw new Refusal('unavailable', { what: 'e-mail' })
  return bySms
}

/** What the session rests on. */
async function groundsOf({ db, clock, edge }: My, { sessionId }: Subscriber) {
  const session = found(await findSession(db, sessionId, clock.now()), 'session')
  const line = await edge.findLine(db, session.lineId)
  if (!line) throw new Refusal('unavailable', { what: 'line' })
  return { session, line }
}

/**
 * The code: for some minutes nothing asks this session for another one. Gives until when. Refuses with `code_wrong` (`attemptsLeft`), `code_expired`,
 * `rate_limited` (no attempt left).
 */
export async function confirmFreshCode(my: My, actor: Subscriber, told: Told): Promise<Date> {
  const attempt = await takeAttempt(my.db, { id: told.challengeId, sessionId: actor.sessionId })
  const { by } = requireRightCode(my, attempt, told)
  // It may have been reported lost since the code left.
  if (by === 'sms' && (await isSimLost(my.db, my, (await groundsOf(my, actor)).line)))
    throw new Refusal('code_expired')
  const now = my.clock.now()
  const freshUntil = new Date(now.getTime() + FRESH_MS)
  await inTransaction(my.db, async (tx) => {
    if (!(await spendCode(tx, told.challengeId, now))) throw new Refusal('code_expired')
    await setFresh(tx, actor.sessionId, freshUntil)
  })
  return freshUntil
}

/** Passes who has told a code within the last minutes. Refuses with `fresh_code_required`. */
export function requireFreshCode({ clock }: Pick<My, 'clock'>, { freshUntil }: Subscriber): void {
  if (freshUntil === null || freshUntil <= clock.now()) throw new Refusal('fresh_code_required')
}
