import type { Locale } from '../../../../contracts/primitives.ts'
import type { LineIdentity } from '../../../operator/edge/index.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import {
  linkToSubscriber,
  proveContactPoint,
  recogniseParty,
  sightContactPoints,
} from '../../subscribers/index.ts'
import { laneOfContactPoint } from '../../timeline/index.ts'
import type { My } from '../my.ts'
import type { SignedInBy } from '../sessions/session-store.ts'
import { type Device, type StartedSession, startSession } from '../sessions/start-session.ts'
import { sightingOf } from '../story/app-lane.ts'
import { syncLines } from '../sync-lines.ts'

const BY = { kind: 'system', name: 'sign-in' } as const

export interface Entrance {
  /** The line by which they come, as it was found; it is looked at again. */
  readonly line: LineIdentity
  /** Who of its people they are. */
  readonly partyId: string
  readonly signedInBy: SignedInBy
  /** The e-mail that the code went to. */
  readonly contactPointId?: string | undefined
  readonly locale: Locale | null
  readonly device: Device
}

export interface Entered {
  readonly subscriberId: string
  readonly session: StartedSession
}

/**
 * Lets somebody in who has proved that they are a party of a line: knows them as a subscriber, links their lines, proves (level 4) and
 * links the number or e-mail and their place in the app, begins a session. Refuses with `code_expired` when the line has ended meanwhile.
 */
export async function enter(tx: Executor, my: My, entrance: Entrance): Promise<Entered> {
  const { line, partyId, signedInBy, locale, device } = entrance
  const numberPoint = signedInBy === 'sms' ? await sightNumber(tx, my, line.msisdn) : undefined
  const name = line.people.find((one) => one.partyId === partyId)?.name ?? ''
  const subscriberId = await recogniseParty(tx, my.subscribers, {
    partyId,
    name,
    locale,
    contactPointId: numberPoint,
  })
  await syncLines(tx, my, { subscriberId, partyId })
  // Whose line it is stands still from here on: who ends it waits for us, or we see that it has ended.
  await requireStill(tx, my, line, partyId)

  const codePoint = numberPoint ?? entrance.contactPointId
  const appPoint = await sightApp(tx, my, subscriberId)
  for (const contactPointId of [codePoint, appPoint]) {
    if (contactPointId === undefined) continue
    const proof = { contactPointId, kind: 'sign-in', evidence: { msisdn: line.msisdn }, by: BY } as const
    await linkToSubscriber(tx, my.subscribers, {
      contactPointId,
      subscriberId,
      by: BY,
      reason: 'sign-in',
      prove: (within) => proveContactPoint(within, my.subscribers, proof),
    })
  }
  const grounds = { subscriberId, signedInBy, lineId: line.id, contactPointId: codePoint ?? null }
  return { subscriberId, session: await startSession(tx, my, grounds, device) }
}

async function requireStill(
  tx: Executor,
  { edge }: My,
  { id, msisdn }: LineIdentity,
  partyId: string,
): Promise<void> {
  const now = await edge.findLine(tx, id)
  const stands = now && now.state !== 'ended' && now.msisdn === msisdn
  if (!stands || !now.people.some((one) => one.partyId === partyId)) throw new Refusal('code_expired')
}

/** The contact point that the number is in the operator's own SMS account; undefined where there is none. */
async function sightNumber(
  tx: Executor,
  { clock, subscribers }: My,
  msisdn: string,
): Promise<string | undefined> {
  const channelAccountId = await subscribers.surroundings.smsAccountId(tx)
  if (channelAccountId === undefined) return undefined
  const sighting = { channelAccountId, channel: 'sms', externalId: msisdn, address: msisdn } as const
  const [id] = await sightContactPoints(tx, clock, [sighting])
  return id
}

/** The person's place in the app: the lane of the chat there. */
async function sightApp(tx: Executor, my: My, subscriberId: string): Promise<string> {
  const [id = ''] = await sightContactPoints(tx, my.clock, [sightingOf(my, subscriberId)])
  return laneOfContactPoint(tx, id)
}
