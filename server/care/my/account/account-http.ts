import { Readable } from 'node:stream'
import type { measures } from '../../../../contracts/measures.ts'
import type { my as contract } from '../../../../contracts/my.ts'
import type { Handlers } from '../../../platform/http/index.ts'
import { clearSessionCookie } from '../cookies.ts'
import { byOf } from '../lines-of-mine.ts'
import type { MyRoom } from '../my-room.ts'
import { savePush } from '../push/knock.ts'
import { readPushKeys } from '../push/push-keys.ts'
import { requireFreshCode } from '../sign-in/fresh-code.ts'
import { appLaneOf } from '../story/app-lane.ts'
import { readVisits } from '../visits/read-visits.ts'
import { recordVisit } from '../visits/record-visit.ts'
import { listAccessOffers } from './access-offers.ts'
import { deleteAccount } from './delete-account.ts'
import { askRefund } from './refund.ts'

type Account =
  | 'recordVisit'
  | 'askRefund'
  | 'listAccessOffers'
  | 'answerAccessOffer'
  | 'exportMyData'
  | 'deleteMyAccount'
  | 'savePushSubscription'
  | 'getPushKey'

const done = { done: true } as const

/** Visits, requests for money back, lines that others offer to see, one's own data, knocks. */
export function accountHandlers(room: MyRoom): Pick<Handlers<typeof contract>, Account> {
  return {
    async recordVisit({ db, actor, params }) {
      await recordVisit(db, room, actor, params.section)
      return done
    },
    async askRefund({ db, actor, body, request }) {
      const header = request.headers['idempotency-key']
      const key = body.id ?? (typeof header === 'string' && header !== '' ? header.slice(0, 200) : undefined)
      const { lineId, connectedId, words } = body
      return { conversationNumber: await askRefund(db, room, actor, { lineId, connectedId, words, key }) }
    },
    listAccessOffers: ({ db, actor }) => listAccessOffers(db, room, actor),
    async answerAccessOffer({ db, actor, params: { id }, body }) {
      await room.edge.answerAccessOffer(db, byOf(room, actor, null), id, body.accept)
      return done
    },
    async exportMyData({ db, actor, reply }) {
      requireFreshCode(room, actor)
      await room.limits.take('my-export:subscriber', actor.id)
      const pieces = await room.exportPerson(db, await appLaneOf(db, room, actor.id))
      return reply
        .type('application/json; charset=utf-8')
        .headers({
          'content-disposition': 'attachment; filename="my-data.json"',
          'cache-control': 'no-store',
        })
        .send(Readable.from(pieces))
    },
    async deleteMyAccount({ db, actor, reply }) {
      await deleteAccount(db, room, actor)
      clearSessionCookie(reply, room.settings.secureCookies)
      return done
    },
    async savePushSubscription({ db, actor, body }) {
      await savePush(db, room, actor.sessionId, body)
      return done
    },
    async getPushKey({ db }) {
      return { key: (await readPushKeys(db, room)).publicKey }
    },
  }
}

/** The measures that rest on what this room counts. */
export function measuresHandlers(room: Pick<MyRoom, 'clock'>): Handlers<typeof measures> {
  return { readVisits: ({ db, query }) => readVisits(db, room, query) }
}
