import { Readable } from 'node:stream'
import type { privacy } from '../../../contracts/privacy.ts'
import { inTransaction } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { idCursor, pageOf, readIdCursor } from '../../platform/pages.ts'
import { recordAccess, recordChange } from '../audit/index.ts'
import type { PrivacyDeps } from './deps.ts'
import { erasePerson } from './erase-person.ts'
import { exportPerson } from './export-person.ts'
import { presentReport, selectReports } from './reports.ts'
import { lockRules, readRules, writeRules } from './retention-rules.ts'

/** This room's part of the `privacy` contract; the audit has the other. */
export type PrivacyHandlers = Omit<Handlers<typeof privacy>, 'listAccesses' | 'listChanges'>

export function privacyHandlers(deps: PrivacyDeps): PrivacyHandlers {
  const { clock } = deps.timeline
  return {
    exportPerson: async ({ db, actor, params, request, reply }) => {
      const pieces = await exportPerson(db, deps, params.id, { callDetails: false })
      await recordAccess(db, clock, {
        actor,
        act: 'export',
        contactPointId: params.id,
        address: request.ip,
      })
      return reply
        .type('application/json; charset=utf-8')
        .headers({
          'content-disposition': `attachment; filename="person-${params.id}.json"`,
          'cache-control': 'no-store',
        })
        .send(Readable.from(pieces))
    },
    erasePerson: async ({ db, actor, params, body, request }) =>
      presentReport(
        await erasePerson(db, deps, {
          contactPointId: params.id,
          reason: body.reason,
          by: actor,
          address: request.ip,
        }),
      ),
    listErasures: async ({ db, query }) => {
      const found = await selectReports(db, readIdCursor(query.after), query.limit + 1)
      const { items, next } = pageOf(found, query.limit, idCursor)
      return { items: items.map(presentReport), next }
    },
    getRetention: ({ db }) => readRules(db),
    setRetention: ({ db, actor, body }) =>
      inTransaction(db, async (tx) => {
        const before = await lockRules(tx, clock.now())
        const after = await writeRules(tx, before, body, clock.now())
        await recordChange(tx, clock, {
          actor,
          act: 'retention.changed',
          subject: 'setting:retention',
          before,
          after,
        })
        return after
      }),
  }
}
