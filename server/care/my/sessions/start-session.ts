import type { Executor } from '../../../platform/database/index.ts'
import { newToken } from '../../../platform/http/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import type { My } from '../my.ts'
import { FRESH_MS, rulesFor } from './rules.ts'
import { insertSession, type NewSession, type SignedInBy } from './session-store.ts'

/** The device that asks, as the app calls it. */
export interface Device {
  readonly name: string
  /** Its owner wants to stay signed in on it. */
  readonly trust: boolean
}

export interface Grounds {
  readonly subscriberId: string
  readonly signedInBy: SignedInBy
  /** What the session rests on. */
  readonly lineId: string
  /** Where the code went. */
  readonly contactPointId: string | null
}

export interface StartedSession {
  readonly id: string
  /** For the cookie; kept nowhere. */
  readonly token: string
  /** How long the browser is to keep the cookie, in seconds; undefined = as long as it is open. */
  readonly maxAgeS: number | undefined
  readonly freshUntil: Date
}

/** Begins a session of somebody who has proved who they are. */
export async function startSession(
  tx: Executor,
  { clock }: Pick<My, 'clock'>,
  { subscriberId, signedInBy, lineId, contactPointId }: Grounds,
  device: Device,
): Promise<StartedSession> {
  const { token, hash } = newToken()
  const at = clock.now()
  const rules = rulesFor(device.trust)
  const after = (ms: number) => new Date(at.getTime() + ms)
  const session: NewSession = {
    id: newId(clock),
    tokenHash: hash,
    subscriberId,
    device: device.name,
    trusted: device.trust,
    signedInBy,
    lineId,
    contactPointId,
    at,
    idleUntil: after(rules.idle),
    endsAt: after(rules.most),
    freshUntil: after(FRESH_MS),
  }
  await insertSession(tx, session)
  return {
    id: session.id,
    token,
    maxAgeS: device.trust ? rules.most / 1000 : undefined,
    freshUntil: session.freshUntil,
  }
}
