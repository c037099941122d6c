import type { MySection } from '../../../../contracts/my.ts'
import { type Executor, inTransaction, maybeOne, sql } from '../../../platform/database/index.ts'
import { requirePublicUrl, Unavailable } from '../../../platform/outgoing/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { hasUnread } from '../../timeline/index.ts'
import type { MyRoom } from '../my-room.ts'
import { readPushKeys } from './push-keys.ts'
import {
  deletePushTarget,
  devicesToKnock,
  findPushTarget,
  type PushTarget,
  savePushTarget,
} from './push-store.ts'
import { requestFor } from './web-push.ts'

/** The push service keeps a knock for a phone that is off for so long; later the app sees for itself. */
const KEPT_S = 3600
const TIMEOUT_MS = 10_000
/** Several knocks that wait for a phone become one. */
const TOPIC = 'otklik'

/** Where to knock at this device. Refuses with `invalid_request` (not https), `private_address`. */
export async function savePush(
  db: Executor,
  { clock, trustedOrigins }: MyRoom,
  sessionId: string,
  target: PushTarget | null,
): Promise<void> {
  if (target === null) return deletePushTarget(db, sessionId)
  const url = new URL(target.endpoint)
  const trusted = new Set(trustedOrigins.map((address) => new URL(address).origin))
  if (url.protocol !== 'https:' && !trusted.has(url.origin))
    throw new Refusal('invalid_request', { in: 'endpoint' })
  await requirePublicUrl(target.endpoint, trusted)
  await savePushTarget(db, sessionId, target, clock.now())
}

/** Something happened that the person has not read on this lane of the app: knocks at their devices. For a job. */
export async function knockForLane(room: MyRoom, laneId: string): Promise<void> {
  if (!(await hasUnread(room.db, laneId))) return
  const alias = await maybeOne(
    room.db,
    sql<{ subscriberId: string }>`
      select external_id as "subscriberId" from subscribers.contact_alias
      where contact_point_id = ${laneId} and channel_account_id = ${room.accountId}`,
  )
  if (alias) await inTransaction(room.db, (tx) => knock(tx, room, [alias.subscriberId], 'help'))
}

/** Leaves a knock at every device of these people, in the caller's transaction; `about`: the section where it is read. Gives at how many. */
export async function knock(
  tx: Executor,
  room: MyRoom,
  subscriberIds: readonly string[],
  about: MySection,
): Promise<number> {
  const devices = await devicesToKnock(tx, subscriberIds, room.clock.now())
  for (const sessionId of devices) await room.askToKnock(tx, sessionId, about)
  return devices.length
}

/**
 * Knocks at one device: the service worker wakes. In the knock is but the section of the app that has the news, for where a tap leads. A push service that knows the device no
 * longer is forgotten. For a job; throws to be tried again.
 */
export async function knockAtDevice(room: MyRoom, sessionId: string, about: MySection): Promise<void> {
  const { db, clock, outgoing, pushSubject: subject } = room
  const target = await findPushTarget(db, sessionId, clock.now())
  if (!target) return
  const keys = await readPushKeys(db, room)
  const { url, ...sent } = requestFor(target, { keys, subject, keptS: KEPT_S, topic: TOPIC, words: about })
  const { status } = await outgoing.request({ url, method: 'POST', ...sent, timeoutMs: TIMEOUT_MS })
  if (status === 404 || status === 410) return deletePushTarget(db, sessionId)
  if (status >= 300)
    throw new Unavailable(new URL(url).host, {
      reason: `status ${status}`,
      status,
      mayHaveArrived: true,
    })
}
