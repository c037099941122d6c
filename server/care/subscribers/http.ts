import type { subscribers as contract } from '../../../contracts/subscribers.ts'
import { type Executor, inTransaction } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { readCard } from './card/read-card.ts'
import { anyContactPointOf, changeSubscriber } from './change-subscriber.ts'
import { describeContactPoints } from './contact-points.ts'
import { doerOf } from './doer.ts'
import { findPersons } from './find-persons.ts'
import { dismissSuggestion } from './likeness/dismiss.ts'
import { linkContactPoints } from './links/link-contact-points.ts'
import { unlinkContactPoint } from './links/unlink-contact-point.ts'
import { maskNumber } from './mask-address.ts'
import { confirmSmsCode, startSmsCode } from './proofs/sms-code.ts'
import { makeStartToken } from './proofs/start-token.ts'
import type { Subscribers } from './subscribers.ts'

const HIDE_AFTER_MS = 30_000

/** The handlers of the `subscribers` contract. Who may know whom is asked before anything is told or changed. */
export function subscribersHandlers(subscribers: Subscribers): Handlers<typeof contract> {
  const { audit, requireNeedToKnow } = subscribers
  return {
    async getCardOfContactPoint({ db, actor, params, request }) {
      await requirePoint(db, subscribers, params.id)
      await requireNeedToKnow(db, actor, params.id)
      await audit.recordOpen(db, { actor, contactPointId: params.id, address: request.ip })
      return readCard(db, subscribers, params.id)
    },

    async findPersons({ db, actor, query, request }) {
      return findPersons(db, subscribers, { actor, exact: query.exact, address: request.ip })
    },

    async changeSubscriber({ db, actor, params, body }) {
      const contactPointId = found(await anyContactPointOf(db, params.id), 'subscriber')
      await requireNeedToKnow(db, actor, contactPointId)
      const given = { id: params.id, change: body, by: doerOf(actor) }
      await inTransaction(db, (tx) => changeSubscriber(tx, subscribers, given))
      return { done: true }
    },

    async revealAddress({ db, actor, params, body, request }) {
      const { address } = await requirePoint(db, subscribers, params.id)
      await requireNeedToKnow(db, actor, params.id)
      const look = { actor, contactPointId: params.id, reason: body.reason, address: request.ip }
      const leftToday = await audit.recordReveal(db, look)
      return { address, hideAfterMs: HIDE_AFTER_MS, leftToday }
    },

    async linkContactPoint({ db, actor, params, body }) {
      // Both: otherwise a link would open a stranger's story.
      for (const id of [params.id, body.toContactPointId]) {
        await requirePoint(db, subscribers, id)
        await requireNeedToKnow(db, actor, id)
      }
      const { toContactPointId, reason } = body
      const given = { contactPointId: params.id, toContactPointId, reason, by: doerOf(actor) }
      await linkContactPoints(db, subscribers, given)
      return readCard(db, subscribers, params.id)
    },

    async unlinkContactPoint({ db, actor, params, body }) {
      await requirePoint(db, subscribers, params.id)
      await requireNeedToKnow(db, actor, params.id)
      await unlinkContactPoint(db, subscribers, { contactPointId: params.id, ...body, by: doerOf(actor) })
      return readCard(db, subscribers, params.id)
    },

    async dismissSuggestion({ db, actor, params }) {
      await inTransaction(db, (tx) =>
        dismissSuggestion(tx, subscribers, { id: params.id, by: doerOf(actor) }),
      )
      return { done: true }
    },

    async startProof({ db, actor, params, body }) {
      await requirePoint(db, subscribers, params.id)
      await requireNeedToKnow(db, actor, params.id)
      const given = { contactPointId: params.id, msisdn: body.msisdn, by: doerOf(actor) }
      const { proofId, expiresAt, msisdn } = await startSmsCode(db, subscribers, given)
      return { proofId, expiresAt: expiresAt.toISOString(), masked: maskNumber(msisdn) }
    },

    async confirmProof({ db, actor, params, body }) {
      await requirePoint(db, subscribers, params.id)
      await requireNeedToKnow(db, actor, params.id)
      await confirmSmsCode(db, subscribers, { contactPointId: params.id, ...body, by: doerOf(actor) })
      return readCard(db, subscribers, params.id)
    },

    async makeStartLink({ db, actor, params, body }) {
      await requirePoint(db, subscribers, params.id)
      await requireNeedToKnow(db, actor, params.id)
      return inTransaction(db, async (tx) => {
        const { token, expiresAt } = await makeStartToken(tx, subscribers, params.id, body.channelAccountId)
        const url = await subscribers.surroundings.startLink(tx, body.channelAccountId, token)
        if (url === null) throw new Refusal('channel_unsupported', { what: 'start link' })
        return { url, expiresAt: expiresAt.toISOString() }
      })
    },
  }
}

/** The contact point, if it is there and not erased. Refuses with `not_found`. */
async function requirePoint(db: Executor, { clock }: Subscribers, id: string) {
  const point = (await describeContactPoints(db, [id], clock.now())).get(id)
  return found(point?.erased ? undefined : point, 'contact point')
}
