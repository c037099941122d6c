import type { LineIdentity } from '../../../operator/edge/index.ts'
import { type Executor, inTransaction } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readPerson, subscriberOfParty } from '../../subscribers/index.ts'
import type { My } from '../my.ts'
import type { Device } from '../sessions/start-session.ts'
import { type CodeAttempt, spendCode, takeAttempt, type Way } from './challenge-store.ts'
import { requireRightCode, type Told } from './codes.ts'
import { type Entered, enter } from './enter.ts'
import { isSimLost } from './lost-sim.ts'

export interface SignedInByCode extends Entered {
  readonly msisdn: string
  readonly by: Way
}

/**
 * Signs in by the code that came. By SMS: whoever uses the line, for they hold the SIM unless it is reported lost; by e-mail: its owner, whose address it is.
 * Refuses with `code_wrong` (`attemptsLeft`), `code_expired`, `rate_limited`.
 */
export async function signInByCode(
  my: My,
  told: Told,
  device: Device,
  address: string,
): Promise<SignedInByCode> {
  await my.limits.take(...my.limits.ofAddress('my-try', address))
  const attempt = await takeAttempt(my.db, { id: told.challengeId, sessionId: null })
  const right = requireRightCode(my, attempt, told)
  const line = await my.edge.findLineByMsisdn(my.db, right.msisdn)
  const partyId = line && partyBehind(line, right.by)
  if (!partyId) throw guessed(right)
  if (right.by === 'sms' && (await isSimLost(my.db, my, line))) throw new Refusal('code_expired')
  const entered = await inTransaction(my.db, async (tx) => {
    if (!(await spendCode(tx, told.challengeId, my.clock.now()))) throw new Refusal('code_expired')
    const contactPointId = right.by === 'email' ? await ownMail(tx, right, partyId) : undefined
    const { by: signedInBy, locale } = right
    return enter(tx, my, { line, partyId, signedInBy, contactPointId, locale, device })
  })
  await my.limits.giveBack(...my.limits.ofAddress('my-try', address))
  return { ...entered, msisdn: right.msisdn, by: right.by }
}

/** A code that was sent to nobody: it was not told, so it was guessed. */
const guessed = ({ attemptsLeft }: CodeAttempt) => new Refusal('code_wrong', { attemptsLeft })

/** Who holds the phone: the user of a line that has one besides its owner. Who reads the e-mail: the owner. */
function partyBehind({ people }: LineIdentity, by: Way): string | undefined {
  const holder = (role: 'user' | 'owner') => people.find((one) => one.role === role)?.partyId
  return by === 'sms' ? (holder('user') ?? holder('owner')) : holder('owner')
}

/** The e-mail that the code went to, if it still is the party's. */
async function ownMail(tx: Executor, attempt: CodeAttempt, partyId: string): Promise<string> {
  const { contactPointId } = attempt
  if (contactPointId === null) throw guessed(attempt)
  const { subscriberId } = await readPerson(tx, contactPointId)
  if (subscriberId === null || subscriberId !== (await subscriberOfParty(tx, partyId)))
    throw new Refusal('code_expired')
  return contactPointId
}
