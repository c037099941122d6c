import type { FastifyReply } from 'fastify'
import type { lines } from '../../../contracts/lines.ts'
import type { Aged } from '../../operator/edge/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import { presentLine, requireFreshCode } from '../my/index.ts'
import { maskNumber, partyOf, readPerson } from '../subscribers/index.ts'
import { exportCharges, exportUsage, type LineFile } from './export/export-line.ts'
import type { LinesRoom } from './lines-room.ts'
import { requireLook } from './look-at-line.ts'
import { blockLostSim } from './lost-sim.ts'
import { recogniseLines } from './recognise-lines.ts'
import { revealLineNumber } from './reveal-line-number.ts'

const dated = <T extends object>(read: Aged<T> | undefined) => {
  const { value, asOf } = found(read, 'line')
  return { ...value, asOf: asOf.toISOString() }
}

const sendFile = (reply: FastifyReply, { name, type, body }: LineFile) =>
  reply
    .type(type)
    .headers({ 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' })
    .send(body)

/** The handlers of the `lines` contract. */
export function linesHandlers(room: LinesRoom): Handlers<typeof lines> {
  const { edge } = room
  return {
    async getLine({ db, actor, params: { id }, request }) {
      const { role } = await requireLook(db, room, actor, id, 'glance', request.ip)
      const read = found(await edge.readLine(db, id), 'line')
      if (role !== null) return presentLine(read, role)
      // The staff see numbers masked until they reveal them.
      return { ...dated(read), role, msisdn: maskNumber(read.value.msisdn) }
    },
    async getLineServices({ db, actor, params: { id }, request }) {
      await requireLook(db, room, actor, id, 'services', request.ip)
      return dated(await edge.readServices(db, id))
    },
    async getLineSettings({ db, actor, params: { id }, request }) {
      const { role } = await requireLook(db, room, actor, id, 'settings', request.ip)
      const { former, ...settings } = dated(await edge.readSettings(db, id))
      if (role !== null) return settings
      const forwarding = settings.forwarding.map((one) => ({ ...one, toMsisdn: maskNumber(one.toMsisdn) }))
      const offered = settings.offered?.map((one) => ({ ...one, msisdn: maskNumber(one.msisdn) }))
      return { ...settings, forwarding, ...(offered && { offered }), ...(former && { former }) }
    },
    async getChargeSummary({ db, actor, params: { id }, query, request }) {
      await requireLook(db, room, actor, id, 'charges', request.ip)
      return dated(await edge.summariseCharges(db, id, query.month))
    },
    async listCharges({ db, actor, params: { id }, query, request }) {
      await requireLook(db, room, actor, id, 'charges', request.ip)
      return edge.listCharges(db, id, query)
    },
    async listUsage({ db, actor, params: { id }, query, request }) {
      await requireLook(db, room, actor, id, 'usage', request.ip)
      requireFreshCode(room, actor)
      return edge.listUsage(db, id, query)
    },
    async exportCharges({ db, actor, params: { id }, query, request, reply }) {
      await requireLook(db, room, actor, id, 'charges', request.ip)
      return sendFile(
        reply,
        await exportCharges(db, room, { ...query, actor, lineId: id, address: request.ip }),
      )
    },
    async exportUsage({ db, actor, params: { id }, query, request, reply }) {
      await requireLook(db, room, actor, id, 'usage', request.ip)
      requireFreshCode(room, actor)
      return sendFile(
        reply,
        await exportUsage(db, room, { ...query, actor, lineId: id, address: request.ip }),
      )
    },
    async compareTariffs({ db, actor, params: { id }, request }) {
      await requireLook(db, room, actor, id, 'services', request.ip)
      return found(await edge.compareTariffs(db, id), 'line')
    },
    async listLinesOfPerson({ db, actor, params: { id }, request }) {
      const { subscriberId, lanes } = await readPerson(db, id)
      await room.requireNeedToKnow(db, actor, lanes)
      const partyId = subscriberId === null ? undefined : await partyOf(db, subscriberId)
      if (subscriberId === null || partyId === undefined) return []
      await room.recordLook(db, { actor, subscriberId, contactPointId: id, address: request.ip })
      return (await edge.linesOfParty(db, partyId)).map((one) => ({
        ...one,
        msisdn: maskNumber(one.msisdn),
      }))
    },
    async recogniseLines({ db, actor, params: { id } }) {
      const { lanes } = await readPerson(db, id)
      await room.requireNeedToKnow(db, actor, lanes)
      const found = await recogniseLines(db, room, {
        contactPointId: id,
        by: { kind: 'agent', id: actor.id, name: actor.name },
      })
      return found.map((one) => ({ ...one, msisdn: maskNumber(one.msisdn) }))
    },
    async revealLineNumber({ db, actor, params: { id }, body, request }) {
      return revealLineNumber(db, room, { lineId: id, actor, reason: body.reason, address: request.ip })
    },
    async setCodeWord({ db, actor, params: { id }, body, request }) {
      await requireLook(db, room, actor, id, 'settings', request.ip)
      requireFreshCode(room, actor)
      await edge.setCodeWord(db, id, body.word)
      return { done: true }
    },
    async blockLostSim({ db, body, request }) {
      await blockLostSim(db, room, { ...body, origin: request.ip })
      return { done: true }
    },
  }
}
